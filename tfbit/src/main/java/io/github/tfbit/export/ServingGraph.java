package io.github.tfbit.export;

import io.github.tfbit.converters.Activation;
import io.github.tfbit.data.ImageSize;
import io.github.tfbit.graph.Endpoint;
import io.github.tfbit.graph.HeadFunction;
import io.github.tfbit.graph.Network;
import io.github.tfbit.graph.Variables;
import io.github.tfbit.image.Preprocessing;
import java.util.List;
import java.util.Map;
import org.tensorflow.ConcreteFunction;
import org.tensorflow.Operand;
import org.tensorflow.OperationBuilder;
import org.tensorflow.Output;
import org.tensorflow.Signature;
import org.tensorflow.ndarray.NdArrays;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.nn.TopK;
import org.tensorflow.proto.DataType;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TString;
import org.tensorflow.types.TUint8;

/**
 * The graph that is exported: one set of variables, and the network once for each kind of input.
 * Preprocessing is the library's own, so that a served model answers as {@code BitModel} does.
 */
final class ServingGraph {
  private final Ops tf;
  private final ServingSettings settings;
  private final Variables variables;

  private ServingGraph(Ops tf, ServingSettings settings) {
    this.tf = tf;
    this.settings = settings;
    this.variables =
        Variables.forInference(
            tf, settings.architecture(), settings.head().classes(), HeadFunction.LINEAR);
  }

  /** Adds variables and their saver to an empty graph. */
  static ServingGraph start(Ops tf, ServingSettings settings) {
    ServingGraph graph = new ServingGraph(tf, settings);
    SaverOps.add(tf, graph.variables.handles());
    return graph;
  }

  /** To be loaded before the graph is saved. */
  Variables variables() {
    return variables;
  }

  /**
   * Encoded pictures: decoded one by one, resized, and named.
   *
   * @param decoder of {@link #decoder}; open until the graph has been written
   */
  ExportSignature encoded(ConcreteFunction decoder) {
    Placeholder<TString> bytes =
        tf.withName("image_bytes").placeholder(TString.class, Placeholder.shape(Shape.of(-1)));
    ImageSize size = settings.size();
    OperationBuilder map = tf.scope().opBuilder("MapDefun", "decode");
    map.addInputList(new Output<?>[] {bytes.asOutput()});
    map.addInputList(new Output<?>[0]);
    map.setAttr("f", decoder);
    map.setAttr("Targuments", new DataType[] {DataType.DT_STRING});
    map.setAttr("Tcaptured", new DataType[0]);
    map.setAttr("output_types", new DataType[] {DataType.DT_FLOAT});
    map.setAttr("output_shapes", new Shape[] {Shape.of(size.height(), size.width(), 3)});
    Output<TFloat32> images = map.build().output(0);
    return new ExportSignature(
        "serving_default", Map.of("image_bytes", bytes), named(tf.withSubScope("bytes"), images));
  }

  /** Decodes one picture as {@link Preprocessing} does. */
  static ConcreteFunction decoder(ServingSettings settings) {
    ImageSize size = settings.size();
    return ConcreteFunction.create(
        f -> {
          Placeholder<TString> encoded =
              f.placeholder(TString.class, Placeholder.shape(Shape.scalar()));
          Operand<TFloat32> pixels =
              Preprocessing.resize(
                  f,
                  Preprocessing.decode(f, encoded, settings.background()),
                  f.array(size.height(), size.width()));
          return Signature.builder("decode_image")
              .input("encoded", encoded)
              .output("image", Preprocessing.scale(f, pixels))
              .build();
        });
  }

  /** Decoded pictures of any one size: resized and named. */
  ExportSignature pixels() {
    Placeholder<TUint8> pixels =
        tf.withName("pixels").placeholder(TUint8.class, Placeholder.shape(Shape.of(-1, -1, -1, 3)));
    ImageSize size = settings.size();
    Operand<TFloat32> images =
        Preprocessing.scale(
            tf, Preprocessing.resizeAll(tf, pixels, tf.array(size.height(), size.width())));
    return new ExportSignature(
        "pixels", Map.of("pixels", pixels), named(tf.withSubScope("pixels"), images));
  }

  /** Pictures as the network takes them, of any size: everything it says about them. */
  ExportSignature images() {
    Placeholder<TFloat32> images =
        tf.withName("images")
            .placeholder(TFloat32.class, Placeholder.shape(Shape.of(-1, -1, -1, 3)));
    Ops scope = tf.withSubScope("images");
    Map<Endpoint, Operand<TFloat32>> at = network(scope, images);
    Operand<TFloat32> logits = at.get(Endpoint.LOGITS);
    return new ExportSignature(
        "images",
        Map.of("images", images),
        Map.of(
            "logits",
            logits,
            "scores",
            scores(scope, logits),
            "features",
            at.get(Endpoint.PRE_LOGITS)));
  }

  private Map<String, Operand<?>> named(Ops scope, Operand<TFloat32> images) {
    Operand<TFloat32> logits = network(scope, images).get(Endpoint.LOGITS);
    TopK<TFloat32, TInt32> best =
        scope.nn.topK(scores(scope, logits), scope.constant(settings.top()), TInt32.class);
    Operand<TString> labels =
        scope.constant(NdArrays.vectorOfObjects(settings.labels().toArray(String[]::new)));
    Operand<TString> classes = scope.gather(labels, best.indices(), scope.constant(0));
    return Map.of("classes", classes, "scores", best.values());
  }

  private Map<Endpoint, Operand<TFloat32>> network(Ops scope, Operand<TFloat32> images) {
    return Network.build(scope, settings.architecture(), variables, images);
  }

  private Operand<TFloat32> scores(Ops scope, Operand<TFloat32> logits) {
    return settings.head().activation() == Activation.SIGMOID
        ? scope.math.sigmoid(logits)
        : scope.nn.softmax(logits);
  }

  /** A list of all signatures. */
  List<ExportSignature> signatures(ConcreteFunction decoder) {
    return List.of(encoded(decoder), images(), pixels());
  }
}
