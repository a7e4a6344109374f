package io.github.tfbit.checkpoints.bundle;

import java.util.Optional;

/**
 * Checkpoint keys of TensorFlow 2: the names of the edges from the root to the object, {@code
 * .ATTRIBUTES}, and what of the object it is. A slash in a name is written {@code .S}, a point
 * twice ({@code tensorflow/python/checkpoint/trackable_view.py} and {@code trackable_utils.py}).
 */
public final class ObjectKeys {
  /** What a variable's value is called. */
  static final String VALUE = "VARIABLE_VALUE";

  private static final String SUFFIX = "/.ATTRIBUTES/" + VALUE;

  private ObjectKeys() {}

  /**
   * The key of a variable that is a child of the root.
   *
   * @param localName the edge's name, for example {@code resnet/group_norm/beta:0}
   * @return for example {@code resnet.Sgroup_norm.Sbeta:0/.ATTRIBUTES/VARIABLE_VALUE}
   */
  public static String key(String localName) {
    return localName.replace(".", "..").replace("/", ".S") + SUFFIX;
  }

  /**
   * The name of the last edge to a variable.
   *
   * @param key a checkpoint key
   * @return the name with its slashes and points; empty if it is not the key of a variable's value
   */
  public static Optional<String> localName(String key) {
    if (!key.endsWith(SUFFIX)) {
      return Optional.empty();
    }
    String path = key.substring(0, key.length() - SUFFIX.length());
    String edge = path.substring(path.lastIndexOf('/') + 1);
    StringBuilder name = new StringBuilder();
    for (int i = 0; i < edge.length(); i++) {
      char c = edge.charAt(i);
      if (c == '.' && ++i < edge.length()) {
        c = edge.charAt(i) == 'S' ? '/' : edge.charAt(i);
      }
      name.append(c);
    }
    return Optional.of(name.toString());
  }
}
