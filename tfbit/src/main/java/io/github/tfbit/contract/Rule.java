package io.github.tfbit.contract;

import java.util.Locale;

/** What TensorFlow Serving and its clients ask of a SavedModel, in the order of looking. */
public enum Rule {
  /** The directory's name. */
  VERSION_DIRECTORY("A server takes only directories whose name is a whole number."),
  /** The file with the graph. */
  MODEL_FILE("Graph and signatures are read from saved_model.pb, a protocol buffer."),
  /** Its version. */
  SCHEMA_VERSION("There is one version of the form: 1."),
  /** What it is for. */
  SERVE_TAG("A server loads the graph with the tag 'serve' and no other tag."),
  /** Which TensorFlow wrote it. */
  TENSORFLOW_VERSION("Who looks for a difference has to know which TensorFlow wrote the graph."),
  /** Nodes and what they read. */
  GRAPH_WHOLE("Every input of a node has to be another node's output."),
  /** Kinds of operations. */
  KNOWN_OPS("A server refuses a graph with operations that it does not know."),
  /** Devices. */
  NO_DEVICES("A named device may not be there, and keeps answers from a better one."),
  /** Attributes. */
  DEFAULTS_STRIPPED("An older server refuses attributes that came later, even at their default."),
  /** Training. */
  NO_TRAINING_OPS("Answering needs no chance, gradient, optimizer or assignment."),
  /** Leftovers. */
  NO_LEFTOVERS("Assignments that loading does not run and nodes called Init serve nobody."),
  /** Files. */
  NO_FILE_OPS("A graph that reads or writes files when it answers depends on the machine."),
  /** Paths. */
  NO_MACHINE_PATHS("Paths of the machine that wrote the model tell about it and mean nothing."),
  /** Files named by the graph. */
  ASSETS_INSIDE("Files that the graph names have to lie in assets/."),
  /** Weights on disk. */
  VARIABLES_WHOLE("Weights are read from variables/: an index and all of its data."),
  /** Weights in the graph. */
  VARIABLES_RESTORED("A variable that loading does not fill fails at the first request."),
  /** The signature that is called by default. */
  SERVING_DEFAULT("A request that names no signature asks for serving_default."),
  /** Tensors of the signatures. */
  SIGNATURE_TENSORS("Inputs and outputs have to be tensors of the graph, of the type they say."),
  /** Batches. */
  BATCH_FIRST("Batching and REST's row format need the batch as first dimension everywhere."),
  /** Interfaces. */
  METHOD_NAMES("Clients learn from the method name which interface a signature is for."),
  /** Names that mean something. */
  REST_ALIASES("REST sends outputs called *_bytes in base64; pictures come as *_bytes."),
  /** The Classify interface. */
  CLASSIFY_FORM("Classify and Regress have fixed names: inputs, classes and scores, outputs."),
  /** Names of classes. */
  LABELS_COMPLETE("labels.txt has to name every class, or answers are given wrong names."),
  /** Batching. */
  BATCHING_FILE("The largest of the allowed batch sizes has to be max_batch_size."),
  /** Requests to warm up with. */
  WARMUP_FILE("A server reads at most 1000 warm-up records, each with checksums."),
  /** What they ask. */
  WARMUP_REQUESTS("A warm-up request with wrong aliases or types keeps the model from loading."),
  /** How many they ask at once. */
  WARMUP_SIZES("Each batch size is slow once: warm-up should have had them all."),
  /** TensorFlow. */
  LOADS("A server loads the model with TensorFlow's own loader."),
  /** Shapes. */
  SIGNATURE_SHAPES("Clients prepare what signatures declare: shapes have to be the graph's."),
  /** Answers. */
  WARMUP_ANSWERS("Every warm-up request needs an answer of the declared types, all of it finite."),
  /** Rows. */
  ROWS_ALONE("A row has to get the same answer alone as in a batch.");

  private final String reason;

  Rule(String reason) {
    this.reason = reason;
  }

  /**
   * What the rule is called.
   *
   * @return such as {@code serve-tag}
   */
  public String id() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * Why there is the rule.
   *
   * @return one sentence
   */
  public String reason() {
    return reason;
  }
}
