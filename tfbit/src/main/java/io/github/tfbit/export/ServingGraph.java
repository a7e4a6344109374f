package io.github.tfbit.export;

import io.github.tfbit.checkpoints.Checkpoint;
import io.github.tfbit.converters.Activation;
import io.github.tfbit.data.ImageSize;
import io.github.tfbit.graph.Bfloat16Weights;
import io.github.tfbit.graph.Endpoint;
import io.github.tfbit.graph.HeadFunction;
import io.github.tfbit.graph.Network;
import io.github.tfbit.graph.Variables;
import io.github.tfbit.image.Preprocessing;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tensorflow.ConcreteFunction;
import org.tensorflow.Operand;
import org.tensorflow.OperationBuilder;
import org.tensorflow.Output;
import org.tensorflow.Session;
import org.tensorflow.Signature;
import org.tensorflow.ndarray.NdArrays;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.nn.TopK;
import org.tensorflow.proto.DataType;
import org.tensorflow.types.TBfloat16;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TString;
import org.tensorflow.types.TUint8;
import org.tensorflow.types.family.TType;

/**
 * The graph that is exported: one set of variables, and the network once for each kind of input.
 * Preprocessing is the library's own, so that a served model answers as {@code BitModel} does.
 */
final class ServingGraph {
  /** Where Google's converters put a picture's bytes. */
  private static final String ENCODED = "image/encoded";

  private final Ops tf;
  private final ServingSettings settings;
  private final Variables variables;
  private final Optional<Bfloat16Weights> rounded;

  private ServingGraph(Ops tf, ServingSettings settings, Precision precision) {
    this.tf = tf;
    this.settings = settings;
    this.variables =
        Variables.forInference(
            tf, settings.architecture(), settings.head().classes(), HeadFunction.LINEAR);
    this.rounded =
        precision == Precision.BFLOAT16
            ? Optional.of(new Bfloat16Weights(tf, variables))
            : Optional.empty();
  }

  /** Adds variables and their saver to an empty graph. */
  static ServingGraph start(Ops tf, ServingSettings settings, Precision precision) {
    ServingGraph graph = new ServingGraph(tf, settings, precision);
    Map<String, Class<? extends TType>> types = new HashMap<>();
    graph.rounded.ifPresent(w -> w.rounded().forEach(k -> types.put(k, TBfloat16.class)));
    SaverOps.add(
        tf, graph.rounded.map(Bfloat16Weights::handles).orElse(graph.variables.handles()), types);
    return graph;
  }

  /** Fills the variables. */
  void load(Session session, Checkpoint weights) throws IOException {
    variables.load(session, weights);
    rounded.ifPresent(w -> w.round(session));
  }

  /**
   * Encoded pictures: decoded one by one, resized, and named, or described by their features. Both
   * come from one network; what nobody asks for is not computed.
   *
   * @param decoder of {@link #decoder}; open until the graph has been written
   */
  private List<ExportSignature> encoded(ConcreteFunction decoder) {
    Placeholder<TString> bytes =
        tf.withName("image_bytes").placeholder(TString.class, Placeholder.shape(Shape.of(-1)));
    Ops scope = tf.withSubScope("bytes");
    Map<Endpoint, Operand<TFloat32>> at = network(scope, decoded(scope, bytes, decoder));
    Map<String, Operand<?>> input = Map.of("image_bytes", bytes);
    return List.of(
        ExportSignature.predict("serving_default", input, named(scope, at)),
        ExportSignature.predict(
            "features", input, Map.of("features", scope.identity(at.get(Endpoint.PRE_LOGITS)))));
  }

  /**
   * Serialised {@code tf.Example} with the picture in {@code image/encoded}, for the Classify
   * interface, whose one input must be called so and whose outputs are these two.
   */
  private ExportSignature examples(ConcreteFunction decoder) {
    Placeholder<TString> examples =
        tf.withName("inputs").placeholder(TString.class, Placeholder.shape(Shape.of(-1)));
    Ops scope = tf.withSubScope("examples");
    Operand<TString> none = scope.fill(scope.constant(new int[] {0}), scope.constant(""));
    OperationBuilder parse = scope.scope().opBuilder("ParseExampleV2", "parse");
    parse.addInput(examples.asOutput());
    parse.addInput(none.asOutput()); // names, for messages only
    parse.addInput(none.asOutput()); // sparse keys
    parse.addInput(scope.constant(NdArrays.vectorOfObjects(ENCODED)).asOutput());
    parse.addInput(none.asOutput()); // ragged keys
    parse.addInputList(new Output<?>[] {none.asOutput()}); // no default: the key must be there
    parse.setAttr("Tdense", new DataType[] {DataType.DT_STRING});
    parse.setAttr("num_sparse", 0L);
    parse.setAttr("sparse_types", new DataType[0]);
    parse.setAttr("ragged_value_types", new DataType[0]);
    parse.setAttr("ragged_split_types", new DataType[0]);
    parse.setAttr("dense_shapes", new Shape[] {Shape.scalar()});
    Output<TString> bytes = parse.build().output(0);
    return ExportSignature.classify(
        "classify",
        Map.of("inputs", examples),
        named(scope, network(scope, decoded(scope, bytes, decoder))));
  }

  private Output<TFloat32> decoded(Ops scope, Operand<TString> bytes, ConcreteFunction decoder) {
    ImageSize size = settings.size();
    OperationBuilder map = scope.scope().opBuilder("MapDefun", "decode");
    map.addInputList(new Output<?>[] {bytes.asOutput()});
    map.addInputList(new Output<?>[0]);
    map.setAttr("f", decoder);
    map.setAttr("Targuments", new DataType[] {DataType.DT_STRING});
    map.setAttr("Tcaptured", new DataType[0]);
    map.setAttr("output_types", new DataType[] {DataType.DT_FLOAT});
    map.setAttr("output_shapes", new Shape[] {Shape.of(size.height(), size.width(), 3)});
    return map.build().output(0);
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
  private ExportSignature pixels() {
    Placeholder<TUint8> pixels =
        tf.withName("pixels").placeholder(TUint8.class, Placeholder.shape(Shape.of(-1, -1, -1, 3)));
    ImageSize size = settings.size();
    Operand<TFloat32> images =
        Preprocessing.scale(
            tf, Preprocessing.resizeAll(tf, pixels, tf.array(size.height(), size.width())));
    Ops scope = tf.withSubScope("pixels");
    return ExportSignature.predict(
        "pixels", Map.of("pixels", pixels), named(scope, network(scope, images)));
  }

  /** Pictures as the network takes them, of any size: everything it says about them. */
  private ExportSignature images() {
    Placeholder<TFloat32> images =
        tf.withName("images")
            .placeholder(TFloat32.class, Placeholder.shape(Shape.of(-1, -1, -1, 3)));
    Ops scope = tf.withSubScope("images");
    Map<Endpoint, Operand<TFloat32>> at = network(scope, images);
    Operand<TFloat32> logits = at.get(Endpoint.LOGITS);
    return ExportSignature.predict(
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

  private Map<String, Operand<?>> named(Ops scope, Map<Endpoint, Operand<TFloat32>> at) {
    Operand<TFloat32> logits = at.get(Endpoint.LOGITS);
    TopK<TFloat32, TInt32> best =
        scope.nn.topK(scores(scope, logits), scope.constant(settings.top()), TInt32.class);
    Operand<TString> labels =
        scope.constant(NdArrays.vectorOfObjects(settings.labels().toArray(String[]::new)));
    Operand<TString> classes = scope.gather(labels, best.indices(), scope.constant(0));
    return Map.of("classes", classes, "scores", best.values());
  }

  private Map<Endpoint, Operand<TFloat32>> network(Ops scope, Operand<TFloat32> images) {
    return rounded.isPresent()
        ? rounded.get().network(scope, settings.architecture(), images)
        : Network.build(scope, settings.architecture(), variables, images);
  }

  private Operand<TFloat32> scores(Ops scope, Operand<TFloat32> logits) {
    return settings.head().activation() == Activation.SIGMOID
        ? scope.math.sigmoid(logits)
        : scope.nn.softmax(logits);
  }

  /** A list of all signatures. */
  List<ExportSignature> signatures(ConcreteFunction decoder) {
    List<ExportSignature> all = new ArrayList<>(encoded(decoder));
    all.add(images());
    all.add(pixels());
    all.add(examples(decoder));
    return all;
  }
}
