package io.github.tfbit.checkpoints.archive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.tfbit.checkpoints.CheckpointException;
import io.github.tfbit.checkpoints.CheckpointException.Corrupt;
import io.github.tfbit.checkpoints.CheckpointException.Missing;
import io.github.tfbit.checkpoints.CheckpointException.Unsupported;
import io.github.tfbit.checkpoints.FileBytes;
import io.github.tfbit.checkpoints.OutputException;
import io.github.tfbit.checkpoints.Problem;
import io.github.tfbit.checkpoints.TemporaryDirectory;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Archives that lie or lead astray: refused for their reason, and nothing is left behind. */
class HostileTarGzTest {
  @TempDir Path dir;

  private Path archive() {
    return dir.resolve("a.tar.gz");
  }

  private <T extends CheckpointException> Problem refused(Class<T> type, Path archive)
      throws IOException {
    return thrown(type, archive, Long.MAX_VALUE).problem();
  }

  /** What is thrown where so much is free; checks that nothing is left behind. */
  private static <T extends IOException> T thrown(Class<T> type, Path archive, long free)
      throws IOException {
    FileBytes file = FileBytes.of(archive);
    TemporaryDirectory directory = TemporaryDirectory.create();
    T e = assertThrows(type, () -> TarGz.unpack(file, directory, d -> free));
    assertFalse(Files.exists(directory.path()));
    return e;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../x",
        "a/../../x",
        "a/..",
        "..",
        "/x",
        "//x",
        "..\\x",
        "a\\x",
        "C:/x",
        "C:x",
        "x:y",
        "a\nb",
        "a\u001bb",
        "a. /x",
        "x.",
        "x "
      })
  void refusesNamesThatLeadOut(String name) throws IOException {
    Problem p = refused(Corrupt.class, new TarBuilder().file(name, "1").write(archive()));
    assertEquals("member names that are plain relative paths", p.expected());
    assertTrue(p.found().chars().noneMatch(Character::isISOControl), p.found());
  }

  @ParameterizedTest
  @CsvSource({
    "1, a hard link",
    "2, a symbolic link",
    "3, a device",
    "4, a device",
    "6, a named pipe",
    "V, a member of type 0x56"
  })
  void refusesWhatIsNoFile(char type, String found) throws IOException {
    Problem p = refused(Unsupported.class, new TarBuilder().member("x", type, 0).write(archive()));
    assertEquals(found, p.found());
    assertEquals(archive() + ": member 'x'", p.where());
  }

  @Test
  void refusesASparseFile() throws IOException {
    new TarBuilder().member("x", 'S', 0).write(archive());
    assertEquals("a sparse file", refused(Unsupported.class, archive()).found());
  }

  @Test
  void refusesAFileThatComesTwice() throws IOException {
    new TarBuilder().file("a", "1").file("./a", "2").write(archive());
    assertEquals("it twice", refused(Corrupt.class, archive()).found());
  }

  @Test
  void refusesAFileThatIsAlsoAFolder() throws IOException {
    new TarBuilder().file("a", "1").file("a/b", "2").write(archive());
    assertEquals("it twice", refused(Corrupt.class, archive()).found());
    new TarBuilder().file("a/b", "1").file("a", "2").write(archive());
    assertEquals("it twice", refused(Corrupt.class, archive()).found());
  }

  @Test
  void refusesAFileWithoutAName() throws IOException {
    new TarBuilder().file(".", "1").write(archive());
    assertEquals("none", refused(Corrupt.class, archive()).found());
  }

  @Test
  void refusesDeepFolders() throws IOException {
    new TarBuilder().file("d/".repeat(33) + "f", "1").write(archive());
    assertTrue(refused(Unsupported.class, archive()).expected().contains("at most 32 parts"));
  }

  @Test
  void refusesAnEmptyArchive() throws IOException {
    assertEquals("an empty one", refused(Corrupt.class, new TarBuilder().write(archive())).found());
  }

  @Test
  void refusesASizeThatCannotBeInTheFile() throws IOException {
    new TarBuilder().member("x", '0', 0x1_FFFF_FFFFL).write(archive());
    assertEquals("8589934591 bytes", refused(Corrupt.class, archive()).found());
  }

  @Test
  void refusesASizeThatIsNoNumber() throws IOException {
    new TarBuilder().member("x", '0', "not a size").write(archive());
    refused(Corrupt.class, archive());
  }

  @Test
  void refusesContentsThatEndEarly() throws IOException {
    new TarBuilder().member("x", '0', 5000, new byte[1000]).writeUnended(archive());
    refused(Corrupt.class, archive());
  }

  @Test
  void refusesAHeaderWithAnotherChecksum() throws IOException {
    byte[] header = new byte[512];
    header[0] = 'x';
    new TarBuilder().file("a", "1").raw(header).write(archive());
    assertEquals("a tar header's checksum", refused(Corrupt.class, archive()).expected());
  }

  @Test
  void refusesAnythingElseInGzip() throws IOException {
    byte[] text = new byte[2048];
    Arrays.fill(text, (byte) 'x');
    thrown(CheckpointException.class, Files.write(archive(), TarBuilder.gzip(text)), 1);
  }

  @Test
  void saysThatAnotherFileInGzipIsNoTar() throws IOException {
    byte[] npz = new byte[2048];
    npz[0] = 'P';
    Files.write(archive(), TarBuilder.gzip(npz));
    assertEquals("something else", refused(Unsupported.class, archive()).found());
  }

  @Test
  void refusesWhatIsNotGzip() throws IOException {
    refused(Corrupt.class, Files.writeString(archive(), "<html>"));
  }

  @Test
  void refusesEveryCut() throws IOException {
    byte[] whole = Files.readAllBytes(new TarBuilder().file("a", "1".repeat(999)).write(archive()));
    for (int length = 0; length < whole.length; length++) {
      refused(Corrupt.class, Files.write(archive(), Arrays.copyOf(whole, length)));
    }
  }

  @Test
  void refusesAWrongGzipChecksum() throws IOException {
    byte[] whole = Files.readAllBytes(new TarBuilder().file("a", "1").write(archive()));
    whole[whole.length - 8] ^= 1;
    refused(Corrupt.class, Files.write(archive(), whole));
  }

  @Test
  void refusesGarbageAfterGzip() throws IOException {
    byte[] whole = Files.readAllBytes(new TarBuilder().file("a", "1").write(archive()));
    byte[] longer = Arrays.copyOf(whole, whole.length + 9);
    longer[whole.length] = 'x';
    refused(Corrupt.class, Files.write(archive(), longer));
  }

  @Test
  void refusesMuchAfterTheEnd() throws IOException {
    new TarBuilder().file("a", "1").raw(new byte[1024]).raw(new byte[3 << 20]).write(archive());
    assertEquals("more", refused(Corrupt.class, archive()).found());
  }

  /** The library keeps a long name in memory: 64 MB of one is refused after the first. */
  @ParameterizedTest
  @ValueSource(chars = {'L', 'K', 'x', 'g'})
  void refusesEndlessHeaders(char type) throws IOException {
    long size = 64L << 20;
    byte[] header = new byte[512];
    Path head = new TarBuilder().member("x", type, size).writeUnended(dir.resolve("head"));
    try (var in = new java.util.zip.GZIPInputStream(Files.newInputStream(head))) {
      in.readNBytes(header, 0, 512);
    }
    byte[] megabyte = new byte[1 << 20];
    Arrays.fill(megabyte, (byte) (type == 'x' || type == 'g' ? '1' : 'n'));
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(archive()))) {
      out.write(header);
      for (int i = 0; i < 64; i++) {
        out.write(megabyte);
      }
    }
    refused(Corrupt.class, archive());
  }

  @Test
  void refusesAnEndlessGzipHeader() throws IOException {
    byte[] gzip = new byte[3 << 20];
    Arrays.fill(gzip, (byte) 'n');
    byte[] start = {0x1f, (byte) 0x8b, 8, 8, 0, 0, 0, 0, 0, 0};
    System.arraycopy(start, 0, gzip, 0, start.length);
    assertEquals("more", refused(Corrupt.class, Files.write(archive(), gzip)).found());
  }

  @Test
  void refusesManyMembers() throws IOException {
    TarBuilder many = new TarBuilder();
    for (int i = 0; i <= Unpacking.MAX_MEMBERS; i++) {
      many.directory("d");
    }
    assertEquals("more", refused(Unsupported.class, many.write(archive())).found());
  }

  @Test
  void asksForRoomBeforeItWrites() throws IOException {
    new TarBuilder().file("a", "12345").file("b", "12345678901").write(archive());
    Problem p = thrown(OutputException.class, archive(), 10).problem();
    assertEquals("11 free bytes to unpack " + archive() + ": member 'b'", p.expected());
    assertEquals("10 free bytes", p.found());
    assertTrue(p.where().startsWith(System.getProperty("java.io.tmpdir")), p.where());
    assertTrue(p.remedy().contains("-Djava.io.tmpdir="), p.remedy());
  }

  @Test
  void aMissingArchiveIsNamed() {
    var e = assertThrows(Missing.class, () -> TarGz.open(archive()));
    assertEquals(archive().toString(), e.problem().where());
  }

  @Test
  void aDirectoryIsNoArchive() {
    assertThrows(Unsupported.class, () -> TarGz.open(dir));
  }
}
