package io.github.tfbit.checkpoints.savedmodel;

import static io.github.tfbit.checkpoints.savedmodel.GraphBuilder.call;
import static io.github.tfbit.checkpoints.savedmodel.GraphBuilder.constant;
import static io.github.tfbit.checkpoints.savedmodel.GraphBuilder.node;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InputTracerTest {
  @TempDir Path dir;

  private final GraphBuilder graph = new GraphBuilder();

  @Test
  void doubledLessOneIsScaledInside() throws IOException {
    graph.add(
        constant("two", 2),
        constant("one", 1),
        node("mul", "Mul", "x", "two"),
        node("sub", "Sub", "mul:0", "one"),
        node("pad", "Pad", "sub", "p"));
    assertEquals(InputScaling.SCALED_INSIDE, graph.scaling(dir));
  }

  @Test
  void halfSubtractedAndDividedByHalfIsTheSame() throws IOException {
    graph.add(
        constant("half", 0.5f),
        node("sub", "Sub", "x", "half"),
        node("div", "RealDiv", "sub", "half"),
        node("conv", "Conv2D", "div", "k"));
    assertEquals(InputScaling.SCALED_INSIDE, graph.scaling(dir));
  }

  @Test
  void theFactorMayStandFirstAndTheTermBeAdded() throws IOException {
    graph.add(
        constant("two", 2),
        constant("minusOne", -1),
        node("mul", "Mul", "two", "x"),
        node("add", "AddV2", "minusOne", "mul"),
        node("conv", "Conv2D", "add", "k"));
    assertEquals(InputScaling.SCALED_INSIDE, graph.scaling(dir));
  }

  @Test
  void straightIntoTheFirstLayerIsNotScaled() throws IOException {
    graph.add(
        node("cast", "Cast", "x"),
        node("shape", "Shape", "cast"),
        node("same", "Identity", "cast"),
        node("pad", "Pad", "same", "p"));
    assertEquals(InputScaling.NOT_SCALED, graph.scaling(dir));
  }

  @Test
  void callsAreFollowedAndCapturedConstantsToo() throws IOException {
    graph
        .add(
            constant("two", 2),
            node("alias", "Identity", "two"),
            call("outer", "f", "x", "alias", "^two"))
        .function("other", List.of("x"), node("pad", "Pad", "x", "p"))
        .function("f", List.of("images", "factor"), call("inner", "g", "factor", "images"))
        .function(
            "g",
            List.of("c", "y"),
            constant("one", 1),
            node("mul", "Mul", "y", "c"),
            node("sub", "Sub", "mul:z:0", "one:output:0"),
            node("conv", "Conv2D", "sub:z:0", "k"));
    assertEquals(InputScaling.SCALED_INSIDE, graph.scaling(dir));
  }

  @Test
  void aFunctionMayBeCalledAsAnOperation() throws IOException {
    graph.add(node("call", "f", "x")).function("f", List.of("y"), node("pad", "Pad", "y", "p"));
    assertEquals(InputScaling.NOT_SCALED, graph.scaling(dir));
  }

  @Test
  void otherFactorsAreUnknown() throws IOException {
    graph.add(
        constant("c", 1 / 255f), node("mul", "Mul", "x", "c"), node("conv", "Conv2D", "mul", "k"));
    assertEquals(InputScaling.UNKNOWN, graph.scaling(dir));
  }

  @Test
  void twoWaysThatDisagreeAreUnknown() throws IOException {
    graph.add(
        constant("two", 2),
        constant("one", 1),
        node("mul", "Mul", "x", "two"),
        node("sub", "Sub", "mul", "one"),
        node("a", "Conv2D", "sub", "k"),
        node("b", "Conv2D", "x", "k"));
    assertEquals(InputScaling.UNKNOWN, graph.scaling(dir));
  }

  @Test
  void aSquareIsUnknown() throws IOException {
    graph.add(node("mul", "Mul", "x", "x"), node("conv", "Conv2D", "mul", "k"));
    assertEquals(InputScaling.UNKNOWN, graph.scaling(dir));
  }

  @Test
  void oneLessThePictureIsUnknown() throws IOException {
    graph.add(constant("c", 1), node("sub", "Sub", "c", "x"), node("conv", "Conv2D", "sub", "k"));
    assertEquals(InputScaling.UNKNOWN, graph.scaling(dir));
  }

  @Test
  void operationsThatAreNotKnownAreUnknown() throws IOException {
    graph.add(node("relu", "Relu", "x"), node("conv", "Conv2D", "relu", "k"));
    assertEquals(InputScaling.UNKNOWN, graph.scaling(dir));
  }

  @Test
  void aCircleEnds() throws IOException {
    graph.add(node("a", "Identity", "x", "^b"), node("b", "Identity", "a"));
    graph.add(node("x2", "Identity", "b"), node("a2", "Identity", "x2"));
    graph.add(node("a", "Identity", "a2"));
    assertEquals(InputScaling.UNKNOWN, graph.scaling(dir));
  }

  @Test
  void aFunctionThatCallsItselfEnds() throws IOException {
    graph
        .add(call("call", "f", "x", "x2"))
        .function("f", List.of("y", "c"), call("again", "f", "y", "c"));
    assertEquals(InputScaling.UNKNOWN, graph.scaling(dir));
  }

  @Test
  void constantsInACircleEnd() throws IOException {
    graph.add(node("c", "Identity", "d"), node("d", "Identity", "c"), node("mul", "Mul", "x", "c"));
    assertEquals(InputScaling.UNKNOWN, graph.scaling(dir));
  }
}
