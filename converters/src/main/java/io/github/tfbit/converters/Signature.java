package io.github.tfbit.converters;

import static io.github.tfbit.checkpoints.CheckpointException.corrupt;
import static io.github.tfbit.checkpoints.CheckpointException.unsupported;

import io.github.tfbit.checkpoints.FileBytes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;

/** What a file is by its first bytes, so that a wrong one is named instead of called corrupt. */
final class Signature {
  private static final int HEAD = 64;
  private static final int SHOWN = 40;

  /** A safetensors header longer than this is refused by its own library. */
  private static final long MAX_SAFETENSORS_HEADER = 100_000_000;

  private static final String EXPECTED = "an .npz in the published BiT layout";
  private static final String USE_NPZ =
      "take the .npz of the same model: other forms are not read yet";

  private Signature() {}

  static void requireZip(Path model) throws IOException {
    if (Files.isDirectory(model)) {
      throw directory(model);
    }
    FileBytes file = FileBytes.of(model);
    ByteBuffer head = ByteBuffer.allocate((int) Math.min(HEAD, file.size()));
    try (FileChannel channel = file.open()) {
      int n = 0;
      while (head.hasRemaining() && n >= 0) {
        n = channel.read(head);
      }
    }
    byte[] b = head.array();
    if (b.length == 0) {
      throw corrupt(file.where(), EXPECTED, "an empty file");
    }
    if (!begins(b, 'P', 'K', 3, 4) && !begins(b, 'P', 'K', 5, 6)) {
      throw other(b, file.where());
    }
  }

  private static IOException directory(Path model) {
    if (Files.exists(model.resolve("saved_model.pb"))) {
      return unsupported(model.toString(), EXPECTED, "a SavedModel directory", USE_NPZ);
    }
    String npz = model.resolve("model.npz").toString();
    return unsupported(
        model.toString(),
        EXPECTED,
        "a directory",
        Files.exists(Path.of(npz)) ? "name the file in it, " + npz : "name a file");
  }

  private static IOException other(byte[] b, String where) {
    String form = form(b);
    if (form != null) {
      return unsupported(where, EXPECTED, form, USE_NPZ);
    }
    if (begins(b, 0x93, 'N', 'U', 'M', 'P', 'Y')) {
      return unsupported(
          where, EXPECTED, "a single numpy array (.npy)", "name an archive of all tensors");
    }
    if (begins(b, 0x80) && b.length > 1 && b[1] >= 2 && b[1] <= 5) {
      return unsupported(
          where,
          EXPECTED,
          "a Python pickle",
          "pickles can run code and are never read; save plain arrays with np.savez");
    }
    if (isText(b)) {
      return text(b, where);
    }
    return unsupported(
        where,
        EXPECTED,
        "bytes of no known form, "
            + HexFormat.ofDelimiter(" ").formatHex(b, 0, Math.min(8, b.length)),
        "check that this is the file you meant");
  }

  private static String form(byte[] b) {
    if (begins(b, 0x89, 'H', 'D', 'F', '\r', '\n', 0x1a, '\n')) {
      return "an HDF5 file, such as Keras weights (.h5)";
    }
    if (begins(b, 0x1f, 0x8b)) {
      return "a gzip archive, such as a packed SavedModel (.tar.gz)";
    }
    if (b.length > 8 && b[8] == '{') {
      long header = ByteBuffer.wrap(b).order(ByteOrder.LITTLE_ENDIAN).getLong(0);
      if (header >= 2 && header <= MAX_SAFETENSORS_HEADER) {
        return "a safetensors file";
      }
    }
    return null;
  }

  private static IOException text(byte[] b, String where) {
    String all = new String(b, StandardCharsets.UTF_8).strip();
    String shown = all.lines().findFirst().orElse("");
    shown = shown.length() > SHOWN ? shown.substring(0, SHOWN) + "…" : shown;
    if (all.startsWith("version https://git-lfs")) {
      return unsupported(
          where, EXPECTED, "a Git LFS pointer", "fetch the file itself with git lfs pull");
    }
    boolean markup = all.startsWith("<");
    return unsupported(
        where,
        EXPECTED,
        (markup ? "a web page" : "a text file") + " that begins '" + shown + "'",
        markup
            ? "the download answered with a page instead of the file: download it again"
            : "check that this is the file you meant");
  }

  private static boolean isText(byte[] b) {
    for (byte c : b) {
      if (c >= 0 && c < ' ' && c != '\n' && c != '\r' && c != '\t') {
        return false;
      }
    }
    return !new String(b, 0, Math.max(1, b.length - 3), StandardCharsets.UTF_8).contains("\uFFFD");
  }

  private static boolean begins(byte[] b, int... prefix) {
    if (b.length < prefix.length) {
      return false;
    }
    for (int i = 0; i < prefix.length; i++) {
      if ((b[i] & 0xFF) != prefix[i]) {
        return false;
      }
    }
    return true;
  }
}
