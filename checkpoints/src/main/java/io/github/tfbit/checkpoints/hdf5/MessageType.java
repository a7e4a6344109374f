package io.github.tfbit.checkpoints.hdf5;

import java.util.Arrays;
import java.util.Optional;

/** The header messages that matter here (the format, IV.A.2); all others are passed over. */
enum MessageType {
  DATASPACE(0x01),
  LINK_INFO(0x02),
  DATATYPE(0x03),
  LINK(0x06),
  EXTERNAL_FILES(0x07),
  LAYOUT(0x08),
  FILTERS(0x0B),
  ATTRIBUTE(0x0C),
  CONTINUATION(0x10),
  SYMBOL_TABLE(0x11),
  ATTRIBUTE_INFO(0x15);

  private final int code;

  MessageType(int code) {
    this.code = code;
  }

  static Optional<MessageType> of(int code) {
    return Arrays.stream(values()).filter(t -> t.code == code).findFirst();
  }
}
