package io.github.tfbit.checkpoints.npz;

import static io.github.tfbit.checkpoints.CheckpointException.corrupt;
import static io.github.tfbit.checkpoints.CheckpointException.unsupported;

import io.github.tfbit.checkpoints.Checkpoint;
import io.github.tfbit.checkpoints.FileBytes;
import io.github.tfbit.checkpoints.TensorInfo;
import io.github.tfbit.checkpoints.npy.FortranOrder;
import io.github.tfbit.checkpoints.npy.NpyHeader;
import java.io.IOException;
import java.nio.BufferOverflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.zip.CRC32;

/**
 * A numpy archive, opened lazily: a zip of npy files, stored ({@code np.savez}) or deflated ({@code
 * np.savez_compressed}), of any size; a single array has at most 2 GiB.
 *
 * <p>Stored arrays in C order are mapped by {@link #bytes} and read straight into the target by
 * {@link #read}; the Java heap holds no array. Deflated arrays are inflated in chunks. Arrays in
 * Fortran order are transposed. Pickled objects are never read.
 */
public final class NpzReader implements Checkpoint {
  private static final String SUFFIX = ".npy";

  private record Entry(TensorInfo info, NpyHeader header, ZipMember member) {}

  private final FileBytes file;
  private final Map<String, Entry> entries;

  private NpzReader(FileBytes file, Map<String, Entry> entries) {
    this.file = file;
    this.entries = entries;
  }

  /**
   * Opens an archive and reads its directory and the arrays' headers.
   *
   * @param npz the file
   * @return its arrays; the caller closes it
   * @throws io.github.tfbit.checkpoints.CheckpointException if there is no such file, it is
   *     corrupt, or uses something that is not read
   * @throws IOException if reading fails
   */
  public static NpzReader open(Path npz) throws IOException {
    FileBytes file = FileBytes.of(npz);
    Map<String, Entry> entries = new LinkedHashMap<>();
    try (FileChannel channel = file.open()) {
      for (ZipMember member : ZipDirectory.read(channel, file.where())) {
        String name = arrayName(member.name(), file.where());
        if (entries.put(name, entry(channel, member, name, file.where())) != null) {
          throw corrupt(file.where(), "each tensor once", "'" + name + "' twice");
        }
      }
    }
    return new NpzReader(file, entries);
  }

  private static String arrayName(String member, String where) throws IOException {
    boolean safe =
        !member.startsWith("/")
            && member.chars().noneMatch(c -> c == '\\' || c == ':' || c < ' ')
            && List.of(member.split("/", -1)).stream()
                .noneMatch(s -> s.isEmpty() || s.equals(".."));
    if (!safe) {
      String shown = member.replaceAll("\\p{Cntrl}", "?");
      throw corrupt(where, "member names that are plain relative paths", "'" + shown + "'");
    }
    if (!member.endsWith(SUFFIX) || member.length() == SUFFIX.length()) {
      throw unsupported(
          where,
          "an npz: a zip archive that holds .npy arrays and nothing else",
          "the member '" + member + "'",
          "if this is a checkpoint of another program, convert it to npz; if not, take that out");
    }
    return member.substring(0, member.length() - SUFFIX.length());
  }

  private static Entry entry(FileChannel channel, ZipMember member, String name, String file)
      throws IOException {
    String where = file + ": tensor '" + name + "'";
    if (member.size() > Integer.MAX_VALUE) {
      throw unsupported(
          where,
          "at most 2 GiB for one array",
          member.size() + " bytes",
          "no BiT model has such a tensor; split it");
    }
    try (MemberChannel contents = new MemberChannel(channel, member, where)) {
      NpyHeader header = NpyHeader.read(contents, where);
      header.requireContents(member.size() - header.length(), where);
      return new Entry(header.info(name), header, member);
    }
  }

  @Override
  public String source() {
    return file.where();
  }

  @Override
  public List<TensorInfo> tensors() {
    return entries.values().stream().map(Entry::info).toList();
  }

  @Override
  public Optional<TensorInfo> find(String name) {
    return Optional.ofNullable(entries.get(name)).map(Entry::info);
  }

  @Override
  public void read(String name, ByteBuffer target) throws IOException {
    Entry entry = require(name);
    int size = (int) entry.info().byteSize();
    if (target.remaining() < size) {
      throw new BufferOverflowException();
    }
    ByteBuffer piece = target.slice(target.position(), size);
    try (FileChannel channel = file.open()) {
      if (entry.header().fortranOrder()) {
        FortranOrder.toC(raw(channel, entry), piece, entry.info());
      } else {
        stream(channel, entry, piece);
      }
    }
    target.position(target.position() + size);
  }

  @Override
  public ByteBuffer bytes(String name) throws IOException {
    Entry entry = require(name);
    if (entry.header().fortranOrder()) {
      ByteBuffer target = allocate(entry);
      read(name, target);
      return view(target.flip());
    }
    try (FileChannel channel = file.open()) {
      return view(raw(channel, entry));
    }
  }

  private static ByteBuffer view(ByteBuffer b) {
    return b.asReadOnlyBuffer().order(ByteOrder.LITTLE_ENDIAN);
  }

  /** The array's bytes as they are in the file: mapped if stored, inflated into the heap if not. */
  private ByteBuffer raw(FileChannel channel, Entry entry) throws IOException {
    if (entry.member().stored()) {
      return mapped(channel, entry);
    }
    ByteBuffer target = allocate(entry);
    stream(channel, entry, target);
    return target.flip();
  }

  private ByteBuffer mapped(FileChannel channel, Entry entry) throws IOException {
    ZipMember member = entry.member();
    ByteBuffer all = channel.map(FileChannel.MapMode.READ_ONLY, member.offset(), member.size());
    CRC32 crc = new CRC32();
    crc.update(all.duplicate());
    MemberChannel.requireCrc(crc.getValue(), member, where(entry));
    int header = entry.header().length();
    return all.slice(header, all.limit() - header);
  }

  private void stream(FileChannel channel, Entry entry, ByteBuffer target) throws IOException {
    try (MemberChannel contents = new MemberChannel(channel, entry.member(), where(entry))) {
      contents.readFully(ByteBuffer.allocate(entry.header().length()));
      contents.readFully(target);
      contents.requireEnd();
    }
  }

  private ByteBuffer allocate(Entry entry) throws IOException {
    try {
      return ByteBuffer.allocate((int) entry.info().byteSize());
    } catch (OutOfMemoryError e) {
      throw new io.github.tfbit.checkpoints.CheckpointException.Unsupported(
          new io.github.tfbit.checkpoints.Problem(
              "room in the Java heap for " + entry.info().byteSize() + " bytes",
              "too little",
              where(entry),
              "raise -Xmx, or save the file with np.savez: stored arrays need no heap"),
          e);
    }
  }

  private Entry require(String name) {
    Entry entry = entries.get(name);
    if (entry == null) {
      throw new NoSuchElementException(source() + ": no tensor '" + name + "'");
    }
    return entry;
  }

  private String where(Entry entry) {
    return source() + ": tensor '" + entry.info().name() + "'";
  }

  @Override
  public void close() {
    file.close();
  }
}
