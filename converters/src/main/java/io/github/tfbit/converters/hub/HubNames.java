package io.github.tfbit.converters.hub;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Published names in the keys of TensorFlow checkpoints: variables' own names with any prefix in
 * TensorFlow 1, paths through an object graph in TensorFlow 2.
 */
final class HubNames {
  /** What the object graph's checkpoints put behind a variable's path (trackable/base.py). */
  private static final String VALUE = "/.ATTRIBUTES/VARIABLE_VALUE";

  /** What they put between a variable and an optimizer's value that belongs to it. */
  private static final String SLOT = "/.OPTIMIZER_SLOT/";

  private static final String ROOT = "resnet/";

  /** A head under another name; its two tensors become the published ones. */
  private static final Pattern HEAD =
      Pattern.compile(
          "(?:.*/)?(?:head|logits|dense|classifier|predictions)(?:_\\d+)?/(?:.*/)?"
              + "(kernel|weights|bias|biases)");

  private HubNames() {}

  /** Whether a key is an optimizer's slot in an object graph. */
  static boolean isSlot(String key) {
    return key.contains(SLOT);
  }

  /** The variable's name that a key spells, whatever variable it is. */
  static String variable(String key) {
    String path = key.endsWith(VALUE) ? key.substring(0, key.length() - VALUE.length()) : key;
    return withoutOutput(key.endsWith(VALUE) ? unescaped(path) : path);
  }

  /** A variable's name without the number of its operation's output. */
  static String withoutOutput(String name) {
    return name.endsWith(":0") ? name.substring(0, name.length() - 2) : name;
  }

  /**
   * Undoes the escapes of names within paths (trackable_utils.py): {@code .S} is a slash, and a
   * point is two.
   */
  private static String unescaped(String path) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < path.length(); i++) {
      char c = path.charAt(i);
      char next = i + 1 < path.length() ? path.charAt(i + 1) : ' ';
      if (c == '.' && (next == 'S' || next == '.')) {
        out.append(next == 'S' ? '/' : '.');
        i++;
      } else {
        out.append(c);
      }
    }
    return out.toString();
  }

  /** The published spelling of a variable's name; numbered convolutions keep their numbers. */
  static Optional<String> published(String variable) {
    int at = variable.lastIndexOf(ROOT);
    boolean whole = at == 0 || (at > 0 && variable.charAt(at - 1) == '/');
    String name = whole ? variable.substring(at) : variable;
    boolean body =
        whole
            && (name.startsWith("resnet/block")
                || name.startsWith("resnet/root_block/")
                || name.startsWith("resnet/group_norm/"));
    if (body) {
      return Optional.of(name);
    }
    Matcher head = HEAD.matcher(name);
    if (head.matches()) {
      boolean kernel = head.group(1).equals("kernel") || head.group(1).equals("weights");
      return Optional.of("resnet/head/conv2d/" + (kernel ? "kernel" : "bias"));
    }
    return Optional.empty();
  }
}
