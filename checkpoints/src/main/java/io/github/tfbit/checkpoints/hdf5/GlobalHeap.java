package io.github.tfbit.checkpoints.hdf5;

import io.github.tfbit.checkpoints.CheckpointException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;

/** The file's heap of texts of any length (the format, III.E). */
final class GlobalHeap {
  private static final int HEADER = 16;

  private final Structure s;
  private final Map<Long, Map<Integer, Fields>> collections = new HashMap<>();

  GlobalHeap(Structure s) {
    this.s = s;
  }

  /** The text that a reference (length, address, index) means. */
  Fields text(Fields reference) throws IOException {
    long length = reference.u32();
    long address = reference.u64();
    int index = (int) reference.u32();
    if (length == 0) {
      return new Fields(ByteBuffer.allocate(0), 0, s.file());
    }
    Map<Integer, Fields> collection = collections.get(address);
    if (collection == null) {
      collection = read(address);
      collections.put(address, collection);
    }
    Fields object = collection.get(index);
    if (object == null) {
      throw reference.corrupt("a text in the heap", "no object " + index);
    }
    s.spend(length);
    return object.copy().part(length);
  }

  private Map<Integer, Fields> read(long address) throws IOException {
    Fields head = s.at(address, HEADER, "a global heap collection").signature("GCOL");
    long size = head.only(1, "a global heap collection of version").skip(3).u64();
    Fields f = s.at(address, size, "a global heap collection");
    f.skip(HEADER);
    Map<Integer, Fields> objects = new HashMap<>();
    while (f.remaining() >= HEADER) {
      int index = f.u16();
      f.skip(2 + 4); // "Reference Count", reserved
      long length = f.u64();
      if (index == 0) {
        break; // free space to the end
      }
      s.spend(Structure.OBJECT);
      add(objects, index, f, length);
    }
    return objects;
  }

  private static void add(Map<Integer, Fields> objects, int index, Fields f, long length)
      throws CheckpointException {
    if (objects.put(index, f.part(length)) != null) {
      throw f.corrupt("each object of a heap once", "object " + index + " twice");
    }
    f.skip((int) Math.min(-length & 7, f.remaining()));
  }
}
