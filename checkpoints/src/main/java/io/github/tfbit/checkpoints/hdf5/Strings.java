package io.github.tfbit.checkpoints.hdf5;

import io.github.tfbit.checkpoints.CheckpointException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The text in an attribute. */
final class Strings {
  /** Length, address of the collection, index in it (the format, IV.A.2.d, class 9). */
  private static final int REFERENCE = 4 + 8 + 4;

  private Strings() {}

  /**
   * Reads an attribute.
   *
   * @return its strings in order; none if it holds anything else
   */
  static List<String> of(Attribute attribute, Structure s) throws IOException {
    Datatype type = Datatype.of(attribute.type().copy());
    Dataspace space = Dataspace.of(attribute.space().copy());
    boolean variable = type.isVariableString();
    if (!variable && !type.isString()) {
      return List.of();
    }
    int width = variable ? REFERENCE : (int) Math.min(type.size(), Integer.MAX_VALUE);
    Fields data = attribute.data().copy();
    long needed = space.bytes(width);
    if (needed < 0 || needed > data.remaining()) {
      String expected = "the strings of attribute '" + attribute.name() + "'";
      throw data.corrupt(expected, data.remaining() + " bytes for them");
    }
    long count = space.isNull() ? 0 : space.bytes(1);
    GlobalHeap heap = new GlobalHeap(s);
    List<String> strings = new ArrayList<>();
    for (long i = 0; i < count; i++) {
      s.spend(Structure.OBJECT + (variable ? 0 : width));
      Fields text = data.part(width);
      strings.add(trimmed(variable ? heap.text(text) : text, !variable && type.isSpacePadded()));
    }
    return List.copyOf(strings);
  }

  /** Without what fills the field: everything from a zero byte on, or the spaces at the end. */
  private static String trimmed(Fields text, boolean spaces) throws CheckpointException {
    int n = 0;
    var bytes = text.rest();
    while (n < bytes.remaining() && bytes.get(n) != 0) {
      n++;
    }
    while (spaces && n > 0 && bytes.get(n - 1) == ' ') {
      n--;
    }
    return text.part(n).text();
  }
}
