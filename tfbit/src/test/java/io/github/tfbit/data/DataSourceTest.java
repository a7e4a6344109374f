package io.github.tfbit.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.tfbit.Drawn;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Data as it lies on disk, and as hostile as it comes. */
class DataSourceTest {
  @TempDir private Path dir;

  private void picture(String path) throws IOException {
    Drawn.jpeg(dir.resolve(path), 0, 1);
  }

  private DataSource manifest(String name, String text) throws IOException {
    Path file = dir.resolve(name);
    Files.writeString(file, text);
    return ImageDatasets.source(file.toString());
  }

  private String refused(String name, String text) throws IOException {
    Files.writeString(dir.resolve(name), text);
    return refused(dir.resolve(name).toString());
  }

  private static String refused(String source) {
    return assertThrows(DataException.class, () -> ImageDatasets.source(source)).getMessage();
  }

  private static void has(String text, String... parts) {
    for (String part : parts) {
      assertTrue(text.contains(part), () -> "expected '" + part + "' in: " + text);
    }
  }

  private static List<String> keys(ImageDataset data) throws IOException {
    String[] keys = new String[data.size()];
    for (int i = 0; i < keys.length; i++) {
      keys[i] = data.stamp(i).orElseThrow().key() + "=" + Arrays.toString(data.labels(i));
    }
    return List.of(keys);
  }

  private void abc() throws IOException {
    picture("p/a.jpg");
    picture("p/b, c.jpg");
    picture("p/d.jpg");
  }

  @Test
  void readsWhatSpreadsheetsWrite() throws IOException {
    abc();
    DataSource source =
        manifest(
            "windows.csv",
            """
            \uFEFFFile_Name,Label,split
            p/a.jpg,"007",train
            "p/b, c.jpg","two""quotes",Training

            p/d.jpg,NA,test
            """
                .replace("\n", "\r\n"));
    assertEquals(List.of("train", "test"), List.copyOf(source.splits().keySet()));
    ImageDataset train = source.splits().get("train");
    assertEquals(List.of("007", "NA", "two\"quotes"), train.classes());
    assertEquals(List.of("p/a.jpg=[0]", "p/b, c.jpg=[2]"), keys(train));
    assertEquals(List.of("p/d.jpg=[1]"), keys(source.splits().get("test")));
    assertEquals(dir.resolve("p/d.jpg").toString(), source.splits().get("test").example(0).id());
  }

  @ParameterizedTest
  @ValueSource(strings = {";", "\t"})
  void tellsTheSeparator(String s) throws IOException {
    abc();
    DataSource source = manifest("s.csv", "label#image\nx#p/a.jpg\ny#p/d.jpg\n".replace("#", s));
    assertEquals(List.of("p/a.jpg=[0]", "p/d.jpg=[1]"), keys(source.splits().get("all")));
    assertFalse(source.isSplit());
  }

  @Test
  void readsSeveralLabelsOfAPicture() throws IOException {
    abc();
    List<String> expected = List.of("p/a.jpg=[1, 0]", "p/d.jpg=[1]");
    DataSource csv = manifest("m.csv", "path,label\np/a.jpg,wet|cold\np/d.jpg,wet\n");
    assertEquals(expected, keys(csv.splits().get("all")));
    DataSource json =
        manifest(
            "m.jsonl",
            "{\"path\": \"p/a.jpg\", \"label\": [\"wet\", \"cold\"]}\r\n\n"
                + "{\"label\": \"wet\", \"path\": \"p/d.jpg\"}");
    assertEquals(expected, keys(json.splits().get("all")));
    assertEquals(csv.splits().get("all").classes(), json.splits().get("all").classes());
  }

  @Test
  void saysThatNumbersAreSortedAsTexts() throws IOException {
    abc();
    DataSource csv = manifest("n.csv", "path,label\np/a.jpg,9\np/d.jpg,10\n\"p/b, c.jpg\",1\n");
    assertEquals(List.of("1", "10", "9"), csv.splits().get("all").classes());
    has(csv.notes().toString(), "numbers in the order of texts");
    DataSource json =
        manifest(
            "n.jsonl", "{\"path\":\"p/a.jpg\",\"label\":9}\n{\"path\":\"p/d.jpg\",\"label\":10}\n");
    assertEquals(List.of("10", "9"), json.splits().get("all").classes());
  }

  @Test
  void namesMissingFilesAllAtOnce() throws IOException {
    picture("a.jpg");
    StringBuilder lines = new StringBuilder("path,label\na.jpg,x\n");
    IntStream.range(0, 9).forEach(i -> lines.append("gone" + i + ".jpg,y\n"));
    has(
        refused("m.csv", lines.toString()),
        "9 of 10 missing: gone0.jpg (line 3), gone1.jpg (line 4)",
        "gone4.jpg (line 7), …",
        "relative to " + dir);
  }

  @Test
  void countsALineThatIsThereTwiceOnce() throws IOException {
    abc();
    DataSource source =
        manifest("d.csv", "path,label\np/a.jpg,x\np/d.jpg,y\np/a.jpg,x\n\"p/b, c.jpg\",x\n");
    assertEquals(3, source.splits().get("all").size());
    has(source.notes().toString(), "1 lines are there twice", "p/a.jpg (lines 2 and 4)");
    has(
        refused("d.csv", "path,label\np/a.jpg,x\np/d.jpg,y\np/a.jpg,y\n"),
        "line 4",
        "one label for p/a.jpg, as in line 2");
    DataSource leak =
        manifest("l.csv", "path,label,split\np/a.jpg,x,train\np/d.jpg,y,train\np/a.jpg,x,test\n");
    has(leak.notes().toString(), "in two splits at once", "p/a.jpg (lines 2 and 4)");
  }

  @Test
  void namesTheLineThatIsWrong() throws IOException {
    abc();
    String good = "path,label\np/a.jpg,x\n";
    has(refused("e.csv", ""), "line 1", "a header that names the columns", "an empty line");
    has(refused("e.csv", "a.jpg,x\nb.jpg,y\n"), "a header", "found a.jpg,x");
    has(refused("e.csv", "path,label\n"), "a line for each picture");
    has(refused("e.csv", good), "pictures of at least two classes", "one class, x");
    has(refused("e.csv", good + "p/d.jpg\n"), "line 3", "2 fields, as in the header", "found 1");
    has(refused("e.csv", good + "p/b, c.jpg,y\n"), "line 3", "found 3", "needs quotes");
    has(refused("e.csv", good + "p/d.jpg,\n"), "line 3", "a class name of one line", "none");
    has(refused("e.csv", good + ",y\n"), "line 3", "the path of a picture");
    has(refused("e.csv", good + "https://host/p.jpg,y\n"), "line 3", "an address");
    has(refused("e.csv", good + "\"p/d.jpg,y\np/a.jpg,x\n"), "quoted as in RFC 4180");
    has(refused("e.csv", good + "\"p/d.jpg\"x,y\n"), "quoted as in RFC 4180");
    has(refused("e.csv", good + "a\0b,y\n"), "line 3", "the path of a picture");
    has(
        refused("e.csv", "path,label,split\np/a.jpg,x,train\np/d.jpg,y,tset\n"),
        "line 3",
        "'tset'",
        "one of the splits dev, eval");
    has(
        refused("e.csv", "path,label,split\np/a.jpg,x,test\np/d.jpg,y,test\n"),
        "pictures of the split train");
    has(refused("e.csv", good + "p/d.jpg,\"" + "y".repeat(2_000_000) + "\"\n"), "e.csv");
    Files.write(
        dir.resolve("latin.csv"), (good + "p/\u00e4,y").getBytes(StandardCharsets.ISO_8859_1));
    has(refused(dir.resolve("latin.csv").toString()), "text in UTF-8", "save it as UTF-8");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      value = {
        "{\"path\": \"p/d.jpg\"} ~ a key \"label\"",
        "{\"label\": \"y\"} ~ a key \"path\"",
        "[1] ~ one JSON object",
        "{\"path\": \"p/d.jpg\", \"label\": \"y\"} {} ~ one JSON object",
        "{\"path\": \"p/d.jpg\", \"label\": 1.5} ~ a text or a whole number",
        "{\"path\": \"p/d.jpg\", \"label\": true} ~ a text or a whole number",
        "{\"path\": \"p/d.jpg\", \"label\": {\"a\": 1}} ~ a text or a whole number",
        "{path: \"p/d.jpg\", label: \"y\"} ~ text that is no JSON",
        "{\"path\": \"p/d.jpg\", \"label\": \"y\", \"class\": \"z\"} ~ which counts?",
        "{\"path\": \"p/d.jpg\", \"label\": \"y\", \"split\": \"tset\"} ~ one of the splits",
        "{\"path\": \"p/d.jpg\", \"label\": \"y\" ~ text that is no JSON",
      })
  void namesTheLineOfJsonThatIsWrong(String line, String expected) throws IOException {
    abc();
    String good = "{\"path\": \"p/a.jpg\", \"label\": \"x\"}\n";
    has(refused("e.jsonl", good + line + "\n"), "e.jsonl, line 2", expected);
  }

  @Test
  void refusesALineWithoutEnd() throws IOException {
    has(refused("e.jsonl", "[".repeat(3_000_000)), "line 1", "a line of at most");
    has(refused("e.jsonl", "[".repeat(500_000)), "line 1", "no JSON");
  }

  @Test
  void namesWhatIsPassedOver() throws IOException {
    picture("f/a/1.jpg");
    picture("f/a/Thumbs.db");
    picture("f/a/__MACOSX/1.jpg");
    picture("f/b/1.jpg");
    Files.writeString(dir.resolve("f/b/desktop.ini"), "");
    Files.writeString(dir.resolve("f/b/readme.txt"), "");
    Files.createSymbolicLink(dir.resolve("f/b/lost.jpg"), dir.resolve("nowhere"));
    Files.createSymbolicLink(dir.resolve("f/b/link.jpg"), dir.resolve("f/a/1.jpg"));
    DataSource source = ImageDatasets.source(dir.resolve("f").toString());
    assertEquals(
        List.of("a/1.jpg=[0]", "b/1.jpg=[1]", "b/link.jpg=[1]"), keys(source.splits().get("all")));
    assertEquals(
        List.of(
            "1 links lead nowhere and are passed over: b/lost.jpg",
            "1 files are no pictures by their names and are passed over: b/readme.txt"),
        source.notes().stream().sorted((x, y) -> y.compareTo(x)).toList());
    Files.createSymbolicLink(dir.resolve("f/b/circle"), dir.resolve("f/b"));
    has(refused(dir.resolve("f").toString()), "f/b/circle", "a link that leads in a circle");
  }

  private static final byte[] PICTURE = {1, 2, 3};

  private static byte[] record(long label, String text, String synset) {
    return Records.example(new byte[] {(byte) label, 7}, label, text, synset);
  }

  private String records(String name, byte[]... records) throws IOException {
    Files.write(dir.resolve(name), Records.file(records));
    return dir.resolve(name).toString();
  }

  @Test
  void countsInceptionsLabelsFromOne() throws IOException {
    String file = records("r", record(1, null, null), record(2, null, null), record(1, null, null));
    DataSource source = ImageDatasets.source(file);
    ImageDataset data = source.splits().get("all");
    assertEquals(List.of("0", "1"), data.classes());
    assertEquals(List.of("r:0=[0]", "r:1=[1]", "r:2=[0]"), keys(data));
    assertArrayEquals(new byte[] {2, 7}, data.example(1).encoded());
    assertTrue(data.example(1).id().startsWith(file + ", record 1 at byte "));
    has(source.notes().toString(), "labels count from 1");
    ImageDataset zero = ImageDatasets.source(file, OptionalInt.of(0)).splits().get("all");
    assertEquals(List.of("1", "2"), zero.classes());
    String from0 = records("z", record(0, null, null), record(1, null, null));
    assertEquals(List.of("0", "1"), ImageDatasets.source(from0).splits().get("all").classes());
  }

  @Test
  void callsClassesByTheirNames() throws IOException {
    String named = records("n", record(1, "zebra", "n1"), record(2, "ant", "n2"));
    ImageDataset data = ImageDatasets.source(named).splits().get("all");
    assertEquals(List.of("ant", "zebra"), data.classes());
    assertEquals(List.of("n:0=[1]", "n:1=[0]"), keys(data));
    String cranes = records("c", record(1, "crane", "n1"), record(2, "crane", "n2"));
    assertEquals(List.of("n1", "n2"), ImageDatasets.source(cranes).splits().get("all").classes());
    has(
        refused(records("x", record(1, "a", null), record(2, "b", null), record(1, "b", null))),
        "label 1 to be called 'a', as before",
        "record 2");
  }

  @Test
  void tellsSplitsByTheFilesNames() throws IOException {
    records("train-00000-of-00002", record(1, "a", null), record(2, "b", null));
    records("train-00001-of-00002");
    records("validation-00000-of-00001", record(2, "b", null));
    DataSource source = ImageDatasets.source(dir.resolve("*-of-*").toString());
    assertEquals(List.of("train", "validation"), List.copyOf(source.splits().keySet()));
    assertEquals(
        List.of("train-00000-of-00002:0=[0]", "train-00000-of-00002:1=[1]"),
        keys(source.splits().get("train")));
    assertEquals(
        List.of("validation-00000-of-00001:0=[1]"), keys(source.splits().get("validation")));
    assertEquals(
        2, ImageDatasets.source(dir.resolve("train-*").toString()).splits().get("all").size());
    Files.delete(dir.resolve("train-00001-of-00002"));
    has(
        refused(dir.resolve("train-*").toString()),
        "every file of train-?-of-00002",
        "1 missing, the first with number 1");
    has(refused(dir.resolve("tarin-*").toString()), "nothing of that name");
  }

  @Test
  void unpacksRecords() throws IOException {
    byte[] plain = Records.file(record(1, "a", null), record(2, "b", null));
    ByteArrayOutputStream gzip = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(gzip)) {
      out.write(plain);
    }
    ByteArrayOutputStream zlib = new ByteArrayOutputStream();
    try (OutputStream out = new DeflaterOutputStream(zlib)) {
      out.write(plain);
    }
    for (byte[] packed : List.of(gzip.toByteArray(), zlib.toByteArray())) {
      Path file = dir.resolve("packed");
      Files.write(file, packed);
      ImageDataset data = ImageDatasets.source(file.toString()).splits().get("all");
      assertArrayEquals(new byte[] {2, 7}, data.example(1).encoded());
      Files.write(file, Arrays.copyOf(packed, packed.length - 12));
      has(refused(file.toString()), "a whole ", "cut or damaged");
    }
  }

  @Test
  void namesTheByteWhereARecordIsDamaged() throws IOException {
    byte[] whole = Records.file(record(1, "a", null), record(2, "b", null));
    int second = whole.length / 2;
    Path file = dir.resolve("r");
    for (int cut : new int[] {whole.length - 1, second + 14, second + 5}) {
      Files.write(file, Arrays.copyOf(whole, cut));
      has(refused(file.toString()), "r, byte " + second, "cut or damaged");
    }
    byte[] length = whole.clone();
    length[second] ^= 1;
    Files.write(file, length);
    has(refused(file.toString()), "byte " + second, "a record's length that matches its checksum");
    byte[] contents = whole.clone();
    contents[whole.length - 5] ^= 1; // of image/height, which nobody looks at
    Files.write(file, contents);
    ImageDataset data = ImageDatasets.source(file.toString()).splits().get("all");
    String message = assertThrows(DataException.class, () -> data.example(1)).getMessage();
    has(message, "byte " + second, "a record that matches its checksum");
  }

  @Test
  void namesKeysThatAreMissing() throws IOException {
    byte[] good = record(1, "a", null);
    has(
        refused(records("r", good, Records.example(null, 2L, "b", null))),
        "image/encoded",
        "record 1");
    has(
        refused(records("r", good, Records.example(PICTURE, null, "b", null))),
        "image/class/label");
    has(refused(records("r", good, good)), "at least two classes", "one class");
    has(refused(records("r", "no example".getBytes(StandardCharsets.UTF_8))), "record 0 at byte 0");
    Files.writeString(dir.resolve("r"), "a text of more than twelve bytes");
    has(refused(dir.resolve("r").toString()), "does not begin with a record");
  }

  /** As the version that sorted boxed numbers did; every run's order depends on it. */
  @Test
  void permutesAsItAlwaysDid() {
    assertArrayEquals(new int[] {6, 5, 3, 1, 2, 4, 7, 0}, Hashes.permutation(8, 1));
    assertEquals(-218472943, Arrays.hashCode(Hashes.permutation(100_000, 3)));
  }
}
