package io.github.tfbit.graph;

import java.util.Locale;

/** The named intermediates of the network, in forward order. */
public enum Endpoint {
  /** The root block's output, {@code [batch, height/4, width/4, rootChannels]}. */
  ROOT_BLOCK(4),
  /** Sum of the last unit of block 1, before any norm: {@code [batch, height/4, width/4, 4r]}. */
  BLOCK1(4),
  /** Sum of the last unit of block 2: {@code [batch, height/8, width/8, 8r]}. */
  BLOCK2(8),
  /** Sum of the last unit of block 3: {@code [batch, height/16, width/16, 16r]}. */
  BLOCK3(16),
  /** Sum of the last unit of block 4: {@code [batch, height/32, width/32, 32r]}. */
  BLOCK4(32),
  /** Mean over the positions of ReLU of GroupNorm of block 4: {@code [batch, features]}. */
  PRE_LOGITS(0),
  /** The head's output: {@code [batch, classes]}. */
  LOGITS(0);

  private final int stride;

  Endpoint(int stride) {
    this.stride = stride;
  }

  /**
   * Pixels of the picture from one position to the next.
   *
   * @return pixels; 0 where there are no positions
   */
  public int stride() {
    return stride;
  }

  /**
   * The name on the command line.
   *
   * @return such as {@code root_block}
   */
  public String layer() {
    return name().toLowerCase(Locale.ROOT);
  }
}
