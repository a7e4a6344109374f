package io.github.tfbit.checkpoints.savedmodel;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Follows a picture from the signature's input to the first layer and adds up what is done with it
 * on the way: multiplications, additions, casts, calls of functions. A bounded number of steps.
 */
final class InputTracer {
  private static final int MAX_STEPS = 64;
  private static final double TOLERANCE = 1e-6;

  /** A function on its way: how it was called, or the graph itself. */
  private record Frame(Nodes.Scope scope, Frame caller, List<String> values) {}

  /** The picture in a function under a name, as {@code scale * x + shift} of what went in. */
  private record Picture(Frame frame, String name, double scale, double shift) {
    Picture as(String other) {
      return new Picture(frame, other, scale, shift);
    }

    Picture times(double factor, String other) {
      return new Picture(frame, other, scale * factor, shift * factor);
    }

    Picture plus(double term, String other) {
      return new Picture(frame, other, scale, shift + term);
    }

    boolean is(double wantedScale, double wantedShift) {
      return Math.abs(scale - wantedScale) < TOLERANCE && Math.abs(shift - wantedShift) < TOLERANCE;
    }

    InputScaling scaling() {
      if (is(2, -1)) {
        return InputScaling.SCALED_INSIDE;
      }
      return is(1, 0) ? InputScaling.NOT_SCALED : InputScaling.UNKNOWN;
    }
  }

  private final Nodes nodes;
  private final GraphFile.Part graph;
  private final Deque<Picture> open = new ArrayDeque<>();
  private final Set<InputScaling> found = EnumSet.noneOf(InputScaling.class);

  private InputTracer(GraphFile file, GraphFile.Part graph) {
    this.nodes = new Nodes(file);
    this.graph = graph;
  }

  /** What happens to a tensor of a graph, named as a signature does. */
  static InputScaling trace(GraphFile file, GraphFile.Part graph, String tensor)
      throws IOException {
    InputTracer tracer = new InputTracer(file, graph);
    Frame root = new Frame(new Nodes.Scope(graph, 1, List.of()), null, List.of());
    tracer.open.add(new Picture(root, node(tensor), 1, 0));
    for (int step = 0; !tracer.open.isEmpty() && step < MAX_STEPS; step++) {
      tracer.step(tracer.open.remove());
    }
    boolean clear = tracer.open.isEmpty() && tracer.found.size() == 1;
    return clear ? tracer.found.iterator().next() : InputScaling.UNKNOWN;
  }

  /** The node of a tensor: {@code name}, {@code name:0} or, in functions, {@code name:out:0}. */
  private static String node(String tensor) {
    int colon = tensor.indexOf(':');
    return colon < 0 ? tensor : tensor.substring(0, colon);
  }

  private static int[] uses(Nodes.Node node, String name) {
    return IntStream.range(0, node.inputs().size())
        .filter(i -> node(node.inputs().get(i)).equals(name))
        .toArray();
  }

  private void step(Picture picture) throws IOException {
    List<Nodes.Node> users =
        nodes.find(picture.frame().scope(), n -> uses(n, picture.name()).length > 0);
    for (Nodes.Node user : users) {
      int[] uses = uses(user, picture.name());
      if (uses.length == 1) {
        use(picture, user, uses[0]);
      } else {
        found.add(InputScaling.UNKNOWN);
      }
    }
  }

  private void use(Picture picture, Nodes.Node user, int at) throws IOException {
    switch (user.op()) {
      case "Identity", "StopGradient", "EnsureShape", "Cast", "PlaceholderWithDefault" ->
          open.add(picture.as(user.name()));
      case "Mul", "RealDiv", "Div", "Add", "AddV2", "Sub" -> arithmetic(picture, user, at);
      case "Pad", "PadV2", "Conv2D" -> found.add(picture.scaling());
      case "Shape", "ShapeN", "Size", "Rank" -> {} // says nothing of the values
      default -> call(picture, user, at);
    }
  }

  private void arithmetic(Picture picture, Nodes.Node user, int at) throws IOException {
    OptionalDouble other =
        user.inputs().size() == 2 || isControl(user.inputs(), 2)
            ? constant(picture.frame(), user.inputs().get(1 - at))
            : OptionalDouble.empty();
    boolean turned = at == 1 && !user.op().equals("Mul") && !user.op().startsWith("Add");
    if (other.isEmpty() || turned) {
      found.add(InputScaling.UNKNOWN);
      return;
    }
    double c = other.getAsDouble();
    open.add(
        switch (user.op()) {
          case "Mul" -> picture.times(c, user.name());
          case "Add", "AddV2" -> picture.plus(c, user.name());
          case "Sub" -> picture.plus(-c, user.name());
          default -> picture.times(1 / c, user.name());
        });
  }

  private static boolean isControl(List<String> inputs, int from) {
    return inputs.size() > from
        && inputs.subList(from, inputs.size()).stream().allMatch(i -> i.startsWith("^"));
  }

  private void call(Picture picture, Nodes.Node user, int at) throws IOException {
    String name = user.function().isEmpty() ? user.op() : user.function();
    Optional<Nodes.Scope> scope = nodes.function(graph, name);
    if (scope.isEmpty() || at >= scope.get().arguments().size()) {
      found.add(InputScaling.UNKNOWN);
      return;
    }
    Frame inside = new Frame(scope.get(), picture.frame(), user.inputs());
    String argument = scope.get().arguments().get(at);
    open.add(new Picture(inside, argument, picture.scale(), picture.shift()));
  }

  /** The one float behind a tensor, also if it was handed through calls. */
  private OptionalDouble constant(Frame start, String tensor) throws IOException {
    Frame frame = start;
    String name = node(tensor);
    for (int step = 0; step < MAX_STEPS; step++) {
      int argument = frame.scope().arguments().indexOf(name);
      if (argument >= 0 && argument < frame.values().size()) {
        name = node(frame.values().get(argument));
        frame = frame.caller();
        continue;
      }
      String wanted = name;
      List<Nodes.Node> sources = nodes.find(frame.scope(), n -> n.name().equals(wanted));
      if (sources.size() != 1) {
        return OptionalDouble.empty();
      }
      Nodes.Node source = sources.get(0);
      if (source.op().equals("Const")) {
        return source.value();
      }
      if (!source.op().equals("Identity") || source.inputs().isEmpty()) {
        return OptionalDouble.empty();
      }
      name = node(source.inputs().get(0));
    }
    return OptionalDouble.empty();
  }
}
