package io.github.tfbit.checkpoints.archive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.TimeUnit;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TarGzTest {
  @TempDir Path dir;

  private Path archive() {
    return dir.resolve("a.tar.gz");
  }

  @Test
  void aModuleAtTheTopIsTheDirectory() throws IOException {
    new TarBuilder()
        .directory("./")
        .file("./saved_model.pb", "graph")
        .directory("./variables/")
        .file("./variables/variables.index", "index")
        .write(archive());
    try (UnpackedArchive a = TarGz.open(archive())) {
      assertEquals("graph", Files.readString(a.root().resolve("saved_model.pb")));
      assertEquals("index", Files.readString(a.root().resolve("variables/variables.index")));
    }
  }

  @Test
  void aSingleFolderIsTheRoot() throws IOException {
    new TarBuilder().file("m/saved_model.pb", "graph").file("m/assets/x", "").write(archive());
    try (UnpackedArchive a = TarGz.open(archive())) {
      assertEquals("m", a.root().getFileName().toString());
      assertTrue(Files.isRegularFile(a.root().resolve("saved_model.pb")));
    }
  }

  @Test
  void aSingleFileIsTheRoot() throws IOException {
    new TarBuilder().file("model.npz", "zip").write(archive());
    try (UnpackedArchive a = TarGz.open(archive())) {
      assertEquals("zip", Files.readString(a.root()));
    }
  }

  @Test
  void closingDeletesEverything() throws IOException {
    new TarBuilder().file("a/b/c", "1").file("d", "2").write(archive());
    Path root;
    try (UnpackedArchive a = TarGz.open(archive())) {
      root = a.root();
    }
    assertFalse(Files.exists(root));
  }

  @Test
  void closingTwiceIsNoError() throws IOException {
    new TarBuilder().file("d", "2").write(archive());
    UnpackedArchive a = TarGz.open(archive());
    a.close();
    a.close();
  }

  @Test
  void onlyTheOwnerCanEnter() throws IOException {
    new TarBuilder().file("a", "1").file("b", "2").write(archive());
    try (UnpackedArchive a = TarGz.open(archive())) {
      var permissions = Files.getPosixFilePermissions(a.root());
      assertEquals("rwx------", PosixFilePermissions.toString(permissions));
    }
  }

  @Test
  void longNamesOfBothKindsAreRead() throws IOException {
    String name = "d".repeat(150) + "/" + "f".repeat(150);
    for (int mode :
        new int[] {TarArchiveOutputStream.LONGFILE_GNU, TarArchiveOutputStream.LONGFILE_POSIX}) {
      try (var tar =
          new TarArchiveOutputStream(
              new GzipCompressorOutputStream(Files.newOutputStream(archive())))) {
        tar.setLongFileMode(mode);
        TarArchiveEntry entry = new TarArchiveEntry(name);
        entry.setSize(3);
        tar.putArchiveEntry(entry);
        tar.write("abc".getBytes(StandardCharsets.US_ASCII));
        tar.closeArchiveEntry();
      }
      try (UnpackedArchive a = TarGz.open(archive())) {
        assertEquals("abc", Files.readString(a.root().resolve("f".repeat(150))));
      }
    }
  }

  @Test
  void gzipMembersInARowAreOneStream() throws IOException {
    byte[] whole = Files.readAllBytes(new TarBuilder().file("a", "1").write(archive()));
    byte[] plain;
    try (var in = new java.util.zip.GZIPInputStream(new java.io.ByteArrayInputStream(whole))) {
      plain = in.readAllBytes();
    }
    var two = new java.io.ByteArrayOutputStream();
    two.writeBytes(TarBuilder.gzip(java.util.Arrays.copyOf(plain, 700)));
    two.writeBytes(TarBuilder.gzip(java.util.Arrays.copyOfRange(plain, 700, plain.length)));
    Files.write(archive(), two.toByteArray());
    try (UnpackedArchive a = TarGz.open(archive())) {
      assertEquals("1", Files.readString(a.root()));
    }
  }

  @Test
  void aDirectoryMayComeTwiceOrAfterItsFiles() throws IOException {
    new TarBuilder().file("d/f", "1").directory("d/").directory("d").write(archive());
    try (UnpackedArchive a = TarGz.open(archive())) {
      assertEquals("1", Files.readString(a.root().resolve("f")));
    }
  }

  /** In a JVM of its own, which ends without closing. */
  @Test
  void theEndOfTheJvmDeletesWhatNobodyClosed() throws Exception {
    new TarBuilder().file("a", "1").file("b", "2").write(archive());
    Path temporary = Files.createDirectory(dir.resolve("tmp"));
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Djava.io.tmpdir=" + temporary,
                "-cp",
                System.getProperty("java.class.path"),
                OpensAndLeaves.class.getName(),
                archive().toString())
            .redirectErrorStream(true)
            .start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertTrue(process.waitFor(60, TimeUnit.SECONDS), out);
    assertEquals(0, process.exitValue(), out);
    try (var left = Files.list(temporary)) {
      assertEquals(0, left.filter(p -> p.getFileName().toString().startsWith("tfbit")).count());
    }
  }

  /** Opens an archive, checks that it is there, and leaves. */
  static final class OpensAndLeaves {
    private OpensAndLeaves() {}

    public static void main(String[] arguments) throws IOException {
      UnpackedArchive a = TarGz.open(Path.of(arguments[0]));
      if (!Files.exists(a.root().resolve("a"))) {
        throw new IOException("nothing unpacked");
      }
    }
  }
}
