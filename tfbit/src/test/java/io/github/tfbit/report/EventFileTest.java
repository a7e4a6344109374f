package io.github.tfbit.report;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.tfbit.data.TfRecordWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.proto.Event;

class EventFileTest {
  private static final Clock CLOCK =
      Clock.fixed(Instant.ofEpochMilli(1_700_000_000_500L), ZoneOffset.UTC);

  @TempDir Path dir;

  /** Written by tf.io.TFTfRecordWriter. */
  @Test
  void framesRecordsAsTensorFlowDoes() throws IOException {
    Path file = dir.resolve("r");
    try (TfRecordWriter records = TfRecordWriter.create(file)) {
      records.write("hello".getBytes(StandardCharsets.US_ASCII));
    }
    String expected = "0500000000000000eab2043e68656c6c6fbb1f1c19";
    assertArrayEquals(HexFormat.of().parseHex(expected), Files.readAllBytes(file));
  }

  @Test
  void beginsWithTheVersionAndKeepsTheOrder() throws IOException {
    try (EventFile events = EventFile.create(dir.resolve("events"), 0, CLOCK)) {
      events.text("settings", "| a | b |");
      events.scalars(10, new TreeMap<>(Map.of("loss", 0.5, "rate", 0.25)));
      events.scalars(20, Map.of("loss", Double.NaN));
      events.scalars(20, Map.of("held_out/top1", 0.75));
    }
    List<Event> read = read(only());
    assertEquals("brain.Event:2", read.get(0).getFileVersion());
    assertEquals(1_700_000_000.5, read.get(0).getWallTime());
    assertEquals("| a | b |", text(read.get(1)));
    assertEquals("text", pluginOf(read.get(1)));
    assertEquals(10, read.get(2).getStep());
    assertEquals("loss", read.get(2).getSummary().getValue(0).getTag());
    assertEquals(0.5f, read.get(2).getSummary().getValue(0).getSimpleValue());
    assertEquals("held_out/top1", read.get(3).getSummary().getValue(0).getTag());
    assertEquals(4, read.size());
  }

  @Test
  void aSecondStartInTheSameSecondIsAnotherFile() throws IOException {
    EventFile.create(dir.resolve("events"), 0, CLOCK).close();
    EventFile.create(dir.resolve("events"), 0, CLOCK).close();
    try (Stream<Path> files = Files.list(dir.resolve("events"))) {
      assertEquals(2, files.count());
    }
  }

  private static String text(Event event) {
    return event.getSummary().getValue(0).getTensor().getStringVal(0).toStringUtf8();
  }

  private static String pluginOf(Event event) {
    return event.getSummary().getValue(0).getMetadata().getPluginData().getPluginName();
  }

  private Path only() throws IOException {
    try (Stream<Path> files = Files.list(dir.resolve("events"))) {
      return files.findFirst().orElseThrow();
    }
  }

  private static List<Event> read(Path file) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
    List<Event> events = new ArrayList<>();
    while (bytes.hasRemaining()) {
      byte[] record = new byte[(int) bytes.getLong()];
      bytes.getInt();
      bytes.get(record);
      bytes.getInt();
      events.add(Event.parseFrom(record));
    }
    return events;
  }
}
