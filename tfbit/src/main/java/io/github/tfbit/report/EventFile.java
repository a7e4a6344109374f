package io.github.tfbit.report;

import com.google.protobuf.ByteString;
import io.github.tfbit.data.TfRecordWriter;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.Event;
import org.tensorflow.proto.SessionLog;
import org.tensorflow.proto.Summary;
import org.tensorflow.proto.SummaryMetadata;
import org.tensorflow.proto.TensorProto;
import org.tensorflow.proto.TensorShapeProto;

/**
 * A file of events as TensorBoard reads them (tensorflow/core/util/event.proto), written in plain
 * Java: no graph, no native code. Every call is on the disk when it returns. Not safe for several
 * threads.
 */
public final class EventFile implements Closeable {
  private static final String VERSION = "brain.Event:2";
  private static final double MILLIS = 1e3;

  private final TfRecordWriter records;
  private final Clock clock;

  private EventFile(TfRecordWriter records, Clock clock) {
    this.records = records;
    this.clock = clock;
  }

  /**
   * Starts a file.
   *
   * @param directory made if it is not there; a file that another start left in it stays
   * @param from how many steps were done before; what another file says of later ones is void
   * @return an open file with a name that TensorBoard looks for; it names no machine and no user
   * @throws IOException if it cannot be written
   */
  public static EventFile create(Path directory, int from) throws IOException {
    return create(directory, from, Clock.systemUTC());
  }

  static EventFile create(Path directory, int from, Clock clock) throws IOException {
    Files.createDirectories(directory);
    long second = clock.instant().getEpochSecond();
    Path file = name(directory, second);
    while (Files.exists(file)) {
      second++;
      file = name(directory, second);
    }
    EventFile events = new EventFile(TfRecordWriter.create(file), clock);
    events.append(events.event(0).setFileVersion(VERSION));
    if (from > 0) {
      SessionLog start = SessionLog.newBuilder().setStatus(SessionLog.SessionStatus.START).build();
      events.append(events.event(from + 1).setSessionLog(start));
    }
    return events;
  }

  private static Path name(Path directory, long second) {
    return directory.resolve("events.out.tfevents." + second + ".tfbit");
  }

  /**
   * Writes numbers.
   *
   * @param step how many steps are done
   * @param values by tag; those that are not finite are left out
   * @throws IOException if they cannot be written
   */
  public void scalars(int step, Map<String, Double> values) throws IOException {
    Summary.Builder summary = Summary.newBuilder();
    values.forEach(
        (tag, value) -> {
          if (Double.isFinite(value)) {
            summary.addValue(
                Summary.Value.newBuilder().setTag(tag).setSimpleValue(value.floatValue()));
          }
        });
    if (summary.getValueCount() > 0) {
      append(event(step).setSummary(summary));
    }
  }

  /**
   * Writes a text.
   *
   * @param tag its heading
   * @param markdown the text, as TensorBoard's text page renders it
   * @throws IOException if it cannot be written
   */
  public void text(String tag, String markdown) throws IOException {
    SummaryMetadata metadata =
        SummaryMetadata.newBuilder()
            .setPluginData(SummaryMetadata.PluginData.newBuilder().setPluginName("text"))
            .build();
    TensorProto tensor =
        TensorProto.newBuilder()
            .setDtype(DataType.DT_STRING)
            .setTensorShape(TensorShapeProto.getDefaultInstance())
            .addStringVal(ByteString.copyFromUtf8(markdown))
            .build();
    append(
        event(0)
            .setSummary(
                Summary.newBuilder()
                    .addValue(
                        Summary.Value.newBuilder()
                            .setTag(tag)
                            .setMetadata(metadata)
                            .setTensor(tensor))));
  }

  private Event.Builder event(int step) {
    return Event.newBuilder().setWallTime(clock.millis() / MILLIS).setStep(step);
  }

  private void append(Event.Builder event) throws IOException {
    records.write(event.build().toByteArray());
  }

  @Override
  public void close() throws IOException {
    records.close();
  }
}
