package io.github.tfbit.checkpoints.hdf5;

import static io.github.tfbit.checkpoints.CheckpointException.unsupported;

import io.github.tfbit.checkpoints.CheckpointException;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What describes one group or dataset: a list of messages (the format, IV.A). */
final class ObjectHeader {
  /** "OHDR", version, flags, four times, two limits, a length of up to eight bytes. */
  private static final int LONGEST_PREFIX = 4 + 2 + 16 + 4 + 8;

  private static final int V1_PREFIX = 16;
  private static final int CHECKSUM = 4;

  /** Flag of a message: what follows is not the message but where it is shared from. */
  private static final int SHARED = 1 << 1;

  private record Message(MessageType type, boolean shared, Fields body) {}

  /** Bytes that hold messages, and the size of what precedes each message in them. */
  private record Chunk(Fields messages, int version, boolean creationOrder) {}

  private final String where;
  private final List<Message> messages = new ArrayList<>();

  private ObjectHeader(String where) {
    this.where = where;
  }

  static ObjectHeader read(Structure s, long address) throws IOException {
    Fields prefix = s.atMost(address, LONGEST_PREFIX, "an object header");
    ObjectHeader header = new ObjectHeader(prefix.where());
    Deque<Chunk> chunks = new ArrayDeque<>();
    Set<Long> seen = new HashSet<>();
    chunks.add(prefix.startsWith("OHDR") ? second(s, address, prefix) : first(s, address, prefix));
    while (!chunks.isEmpty()) {
      Chunk chunk = chunks.remove();
      for (Fields next : header.add(chunk, s)) {
        long at = next.u64();
        if (!seen.add(at)) {
          throw next.corrupt("each continuation once", "one that leads back");
        }
        chunks.add(continued(s, at, next.u64(), chunk));
      }
    }
    return header;
  }

  /** Version 1: no signature, no checksum, everything in multiples of eight bytes. */
  private static Chunk first(Structure s, long address, Fields prefix) throws IOException {
    prefix.only(1, "an object header of version");
    // Reserved, "Total Number of Header Messages", "Object Reference Count".
    long length = prefix.skip(1 + 2 + 4).u32();
    return new Chunk(s.at(address + V1_PREFIX, length, "header messages"), 1, false);
  }

  private static Chunk second(Structure s, long address, Fields prefix) throws IOException {
    prefix.signature("OHDR").only(2, "an object header of version");
    int flags = prefix.u8();
    prefix.skip((flags & 1 << 5) == 0 ? 0 : 16); // access, modification, change and birth time
    prefix.skip((flags & 1 << 4) == 0 ? 0 : 4); // limits of compact and dense attributes
    long length = prefix.unsigned(1 << (flags & 3)); // "Size of Chunk #0"
    int start = prefix.position();
    s.require(address, length, "header messages");
    Fields all = s.at(address, start + length + CHECKSUM, "header messages");
    return new Chunk(checked(all).skip(start), 2, (flags & 1 << 2) != 0);
  }

  private static Chunk continued(Structure s, long address, long length, Chunk from)
      throws IOException {
    Fields all = s.at(address, length, "an object header's continuation");
    if (from.version() == 1) {
      return new Chunk(all, 1, false);
    }
    return new Chunk(checked(all).signature("OCHK"), 2, from.creationOrder());
  }

  /** All but the checksum at the end, which is right. */
  private static Fields checked(Fields all) throws CheckpointException {
    Fields covered = all.part(all.remaining() - CHECKSUM);
    Fields.requireChecksum(covered, (int) all.u32());
    return covered;
  }

  /** Adds a chunk's messages, and returns those that say where it goes on. */
  private List<Fields> add(Chunk chunk, Structure s) throws IOException {
    List<Fields> continuations = new ArrayList<>();
    Fields f = chunk.messages();
    int header = chunk.version() == 1 ? 8 : chunk.creationOrder() ? 6 : 4;
    while (f.remaining() >= header) {
      int code = chunk.version() == 1 ? f.u16() : f.u8();
      int size = f.u16();
      int flags = f.u8();
      f.skip(header - (chunk.version() == 1 ? 5 : 4));
      Fields body = f.part(size);
      Optional<MessageType> type = MessageType.of(code);
      s.spend(type.isPresent() ? Structure.OBJECT : 0);
      if (type.isPresent() && type.get() == MessageType.CONTINUATION) {
        continuations.add(body);
      } else if (type.isPresent()) {
        messages.add(new Message(type.get(), (flags & SHARED) != 0, body));
      }
    }
    return continuations;
  }

  /** File and byte offset of this header. */
  String where() {
    return where;
  }

  boolean has(MessageType type) {
    return messages.stream().anyMatch(m -> m.type() == type);
  }

  /** The messages of one kind. */
  List<Fields> all(MessageType type) throws IOException {
    List<Fields> found = new ArrayList<>();
    for (Message m : messages) {
      if (m.type() == type && m.shared()) {
        throw unsupported(
            where,
            "a " + type + " of the object's own",
            "one that is shared, or a named datatype",
            "copy the weights into a new file with h5py");
      }
      if (m.type() == type) {
        found.add(m.body());
      }
    }
    return found;
  }

  /** The only message of a kind that comes at most once. */
  Optional<Fields> one(MessageType type) throws IOException {
    List<Fields> found = all(type);
    if (found.size() > 1) {
      throw CheckpointException.corrupt(where, "one " + type + " message", found.size() + "");
    }
    return found.stream().findFirst();
  }
}
