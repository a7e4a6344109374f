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
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a model is by its first bytes, so that a wrong file is named instead of called corrupt. */
final class Signature {
  /** What every message expects. */
  static final String EXPECTED =
      "a model in a published form: .npz, .h5, .safetensors, a SavedModel, a TensorFlow checkpoint,"
          + " or a .tar.gz of one";

  private static final int HEAD = 256;
  private static final int SHOWN = 40;

  /** A safetensors header longer than this is refused by its own library. */
  private static final long MAX_SAFETENSORS_HEADER = 100_000_000;

  /** The last eight bytes of a tensor bundle's index (tsl/lib/io/format.h). */
  private static final long TABLE_MAGIC = 0xdb4775248b80fb57L;

  private static final Pattern SHARD = Pattern.compile("(.+)\\.data-\\d{5}-of-\\d{5}");

  private static final String PICKLE_REMEDY =
      "pickles can run code and are never read: timm and Hugging Face publish the same weights as"
          + " .safetensors; others are saved so by safetensors.torch.save_file";

  private Signature() {}

  /** Readers to choose from. */
  enum Kind {
    NPZ,
    HDF5,
    SAFETENSORS,
    GZIP,
    SAVED_MODEL,
    TF_CHECKPOINT
  }

  /**
   * What was found.
   *
   * @param kind decides who reads it
   * @param path of the file, of the directory, or a checkpoint's prefix
   */
  record Found(Kind kind, Path path) {}

  /** Looks at a file, a directory or a checkpoint's prefix. */
  static Found of(Path model) throws IOException {
    if (Files.isDirectory(model)) {
      return ModelDirectory.of(model);
    }
    if (!Files.exists(model) && Files.isRegularFile(suffixed(model, ".index"))) {
      return new Found(Kind.TF_CHECKPOINT, model);
    }
    return ofFile(model);
  }

  private static Path suffixed(Path path, String suffix) {
    Path name = path.getFileName();
    return name == null ? path : path.resolveSibling(name + suffix);
  }

  private static Found ofFile(Path model) throws IOException {
    FileBytes file = FileBytes.of(model);
    String name = String.valueOf(model.getFileName());
    Matcher shard = SHARD.matcher(name);
    if (shard.matches() && Files.isRegularFile(model.resolveSibling(shard.group(1) + ".index"))) {
      return new Found(Kind.TF_CHECKPOINT, model.resolveSibling(shard.group(1)));
    }
    if (name.equals(ModelDirectory.SAVED_MODEL)) {
      return new Found(Kind.SAVED_MODEL, model.toAbsolutePath().getParent());
    }
    byte[] b = bytes(file, 0, (int) Math.min(HEAD, file.size()));
    if (b.length == 0) {
      throw corrupt(file.where(), EXPECTED, "an empty file");
    }
    Kind kind = kind(b);
    if (kind == null && isIndex(file)) {
      kind = Kind.TF_CHECKPOINT;
    }
    if (kind == null) {
      throw other(b, file.where());
    }
    if (kind == Kind.NPZ) {
      refuseOtherZips(b, file.where());
    }
    return new Found(kind, model);
  }

  private static byte[] bytes(FileBytes file, long from, int length) throws IOException {
    ByteBuffer b = ByteBuffer.allocate(length);
    try (FileChannel channel = file.open()) {
      int n = 0;
      while (b.hasRemaining() && n >= 0) {
        n = channel.read(b, from + b.position());
      }
    }
    return b.array();
  }

  private static boolean isIndex(FileBytes file) throws IOException {
    if (file.size() < Long.BYTES) {
      return false;
    }
    byte[] end = bytes(file, file.size() - Long.BYTES, Long.BYTES);
    return ByteBuffer.wrap(end).order(ByteOrder.LITTLE_ENDIAN).getLong() == TABLE_MAGIC;
  }

  private static Kind kind(byte[] b) {
    if (begins(b, 'P', 'K', 3, 4) || begins(b, 'P', 'K', 5, 6)) {
      return Kind.NPZ;
    }
    if (begins(b, 0x89, 'H', 'D', 'F', '\r', '\n', 0x1a, '\n')) {
      return Kind.HDF5;
    }
    if (begins(b, 0x1f, 0x8b)) {
      return Kind.GZIP;
    }
    if (b.length > 8 && b[8] == '{') {
      long header = ByteBuffer.wrap(b).order(ByteOrder.LITTLE_ENDIAN).getLong(0);
      if (header >= 2 && header <= MAX_SAFETENSORS_HEADER) {
        return Kind.SAFETENSORS;
      }
    }
    return null;
  }

  /** PyTorch's files and Keras' newest are zip archives too; the first member tells. */
  private static void refuseOtherZips(byte[] b, String where) throws IOException {
    int name = 30; // of a local file header, its length at 26 (PKWARE's APPNOTE.TXT, 4.3.7)
    if (b.length <= name) {
      return;
    }
    int length = ByteBuffer.wrap(b).order(ByteOrder.LITTLE_ENDIAN).getShort(26) & 0xFFFF;
    String member = new String(b, name, Math.min(length, b.length - name), StandardCharsets.UTF_8);
    if (member.endsWith(".pkl") || member.contains("/data.pkl")) {
      throw unsupported(where, EXPECTED, "a PyTorch file, a Python pickle in a zip", PICKLE_REMEDY);
    }
    if (member.equals("metadata.json") || member.equals("model.weights.h5")) {
      throw unsupported(
          where,
          EXPECTED,
          "a model of Keras 3 (.keras)",
          "save the weights with save_weights as .h5, or the arrays with np.savez");
    }
  }

  private static IOException other(byte[] b, String where) {
    if (begins(b, 0x93, 'N', 'U', 'M', 'P', 'Y')) {
      return unsupported(
          where, EXPECTED, "a single numpy array (.npy)", "name an archive of all tensors");
    }
    if (begins(b, 0x80) && b.length > 1 && b[1] >= 2 && b[1] <= 5) {
      return unsupported(where, EXPECTED, "a Python pickle", PICKLE_REMEDY);
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
