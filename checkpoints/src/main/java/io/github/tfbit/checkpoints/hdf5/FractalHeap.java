package io.github.tfbit.checkpoints.hdf5;

import static io.github.tfbit.checkpoints.CheckpointException.unsupported;

import io.github.tfbit.checkpoints.CheckpointException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The heap that newer groups keep many links in, and objects many attributes (the format, III.G): a
 * space of offsets that direct blocks share.
 */
final class FractalHeap {
  private static final int HEADER = 146;
  private static final int CHECKSUM = 4;
  private static final String REMEDY = "save the file with libver='earliest'";

  /** The blocks grow with their row in the table: the first two rows have the starting size. */
  private record Table(int width, long startingSize, long largestDirect) {
    long blockSize(int row) {
      return row < 2 ? startingSize : startingSize << Math.min(row - 1, 40);
    }
  }

  private record Block(long offset, long size, long address) {}

  private final Structure s;
  private final List<Block> blocks = new ArrayList<>();
  private final int offsetBytes;
  private final int lengthBytes;

  private FractalHeap(Structure s, int offsetBytes, int lengthBytes) {
    this.s = s;
    this.offsetBytes = offsetBytes;
    this.lengthBytes = lengthBytes;
  }

  static FractalHeap read(Structure s, long address) throws IOException {
    Fields all = s.at(address, HEADER, "a fractal heap");
    Fields f = all.part(HEADER - CHECKSUM);
    Fields.requireChecksum(f, (int) all.u32());
    f.signature("FRHP").only(0, "a fractal heap of version").skip(2);
    f.only(0, "no filters in a fractal heap:").only(0, "no filters in a fractal heap:").skip(1);
    long largestObject = f.u32(); // "Maximum Size of Managed Objects"
    f.skip(12 * 8); // huge objects, free space, sizes and counts
    Table table = new Table(f.u16(), f.u64(), f.u64());
    int offsetBits = f.u16(); // "Maximum Heap Size", as a power of two
    f.skip(2); // "Starting # of Rows in Root Indirect Block"
    long root = f.u64();
    int rows = f.u16(); // "Current # of Rows in Root Indirect Block"
    requirePlausible(f, table, offsetBits);
    int lengthBytes = Math.min(bytes(table.largestDirect()), bytes(largestObject));
    FractalHeap heap = new FractalHeap(s, (offsetBits + 7) / 8, lengthBytes);
    if (rows == 0) {
      heap.blocks.add(new Block(0, table.startingSize(), root));
    } else {
      heap.addBlocks(root, rows, table);
    }
    return heap;
  }

  private static void requirePlausible(Fields f, Table t, int offsetBits)
      throws CheckpointException {
    boolean sizes = t.startingSize() > 0 && t.startingSize() <= t.largestDirect();
    if (!sizes || t.largestDirect() > 1L << 32 || t.width() == 0 || offsetBits > 64) {
      throw f.corrupt("a fractal heap's table of blocks", t + ", " + offsetBits + " bits");
    }
  }

  /** How many bytes the library takes for numbers up to a limit. */
  private static int bytes(long limit) {
    return (63 - Long.numberOfLeadingZeros(Math.max(1, limit))) / 8 + 1;
  }

  /** The root indirect block: addresses of direct blocks by rows. */
  private void addBlocks(long address, int rows, Table table) throws IOException {
    if (table.blockSize(rows - 1) > table.largestDirect()) {
      throw unsupported(
          s.file(), "a fractal heap of two levels", "more of them in a large group", REMEDY);
    }
    int head = 5 + 8 + offsetBytes; // signature, version, address of the header, block offset
    long length = head + 8L * rows * table.width();
    Fields all = s.at(address, length + CHECKSUM, "a fractal heap's indirect block");
    Fields f = all.part(length);
    Fields.requireChecksum(f, (int) all.u32());
    f.signature("FHIB").only(0, "an indirect block of version").skip(head - 5);
    long offset = 0;
    for (int i = 0; i < rows * table.width(); i++) {
      long size = table.blockSize(i / table.width());
      s.spend(Structure.OBJECT);
      blocks.add(new Block(offset, size, f.u64()));
      offset += size;
    }
  }

  /** The object that a heap ID means: flags, offset, length. */
  Fields object(Fields id) throws IOException {
    int flags = id.u8();
    if ((flags & 0xF0) != 0) {
      throw unsupported(
          id.where(),
          "names and attributes of less than 4 kB",
          "one that lies outside its fractal heap",
          REMEDY);
    }
    long offset = number(id, offsetBytes);
    long length = number(id, lengthBytes);
    for (Block b : blocks) {
      long within = offset - b.offset();
      if (within >= 0 && within < b.size()) {
        if (length > b.size() - within || b.address() < 0) {
          break;
        }
        s.require(b.address(), b.size(), "a fractal heap's block");
        return s.at(b.address() + within, length, "an object of a fractal heap");
      }
    }
    throw id.corrupt("an object in a fractal heap", length + " bytes at offset " + offset);
  }

  private static long number(Fields f, int bytes) throws CheckpointException {
    long n = 0;
    for (int i = 0; i < bytes; i++) {
      n |= (long) f.u8() << (8 * i);
    }
    return n;
  }
}
