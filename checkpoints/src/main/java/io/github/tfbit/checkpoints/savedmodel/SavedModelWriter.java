package io.github.tfbit.checkpoints.savedmodel;

import io.github.tfbit.checkpoints.AtomicDirectory;
import io.github.tfbit.checkpoints.Checkpoint;
import io.github.tfbit.checkpoints.Existing;
import io.github.tfbit.checkpoints.OutputException;
import io.github.tfbit.checkpoints.TensorInfo;
import io.github.tfbit.checkpoints.bundle.BundleWriter;
import io.github.tfbit.checkpoints.protos.ProtoWriter;
import io.github.tfbit.checkpoints.protos.TensorProtos;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * Writes a SavedModel of variables alone, shaped like the BiT modules of TensorFlow Hub: the root
 * has one child per variable under its full name and {@code :0}, so that its key is {@code
 * escaped.Sname:0/.ATTRIBUTES/VARIABLE_VALUE}. {@code tf.saved_model.load} and {@code
 * tf.train.load_checkpoint} read it; it has no function to call. One tensor is held at a time.
 */
public final class SavedModelWriter {
  private final List<TensorInfo> tensors;
  private final UnaryOperator<String> variableName;
  private final List<String> assets;

  private SavedModelWriter(
      List<TensorInfo> tensors, UnaryOperator<String> variableName, List<String> assets) {
    this.tensors = tensors;
    this.variableName = variableName;
    this.assets = assets;
  }

  /**
   * Writes a directory; it appears whole or not at all.
   *
   * @param target the directory, in a folder that exists
   * @param weights the variables, in the order in which they are to be in the data file
   * @param variableName a variable's full name, without {@code :0}, from a tensor's name
   * @param assets contents of files in {@code assets/}, by file name
   * @param existing what to do if the target exists
   * @throws OutputException if the target exists and must not, the disk is full or cannot be
   *     written
   * @throws IOException if the weights cannot be read
   */
  public static void write(
      Path target,
      Checkpoint weights,
      UnaryOperator<String> variableName,
      Map<String, byte[]> assets,
      Existing existing)
      throws IOException {
    SortedMap<String, byte[]> sorted = new TreeMap<>(assets);
    SavedModelWriter writer =
        new SavedModelWriter(weights.tensors(), variableName, List.copyOf(sorted.keySet()));
    try (AtomicDirectory directory = AtomicDirectory.create(target, existing)) {
      try {
        writer.fill(directory.path(), weights, sorted);
      } catch (IOException e) {
        throw OutputException.whileWriting(target, e);
      }
      directory.commit();
    }
  }

  private void fill(Path directory, Checkpoint weights, SortedMap<String, byte[]> contents)
      throws IOException {
    Path folder = Files.createDirectory(directory.resolve("assets"));
    for (var asset : contents.entrySet()) {
      Files.write(folder.resolve(plain(asset.getKey())), asset.getValue());
    }
    Path variables = Files.createDirectory(directory.resolve("variables")).resolve("variables");
    UnaryOperator<String> child = name -> variableName.apply(name) + ":0";
    BundleWriter.writeObjects(variables, weights, child, children(), Existing.REFUSE);
    Files.write(directory.resolve(SavedModel.FILE), savedModel().toByteArray());
  }

  private static String plain(String asset) {
    if (asset.isEmpty() || asset.startsWith(".") || asset.matches(".*[/\\\\:\\p{Cntrl}].*")) {
      throw new IllegalArgumentException("expected an asset's plain file name, found " + asset);
    }
    return asset;
  }

  /** All children of the root: the variables, then the assets. */
  private List<BundleWriter.Child> children() {
    List<BundleWriter.Child> children = new ArrayList<>();
    for (TensorInfo t : tensors) {
      String name = variableName.apply(t.name());
      children.add(new BundleWriter.Child(name + ":0", name));
    }
    assets.forEach(a -> children.add(new BundleWriter.Child(a, "")));
    return children;
  }

  /** {@code saved_model.proto}, SavedModel. */
  private ProtoWriter savedModel() {
    ProtoWriter metaInfo = new ProtoWriter();
    metaInfo.string(4, "serve"); // MetaInfoDef: repeated string tags = 4
    ProtoWriter metaGraph = new ProtoWriter();
    metaGraph.message(1, metaInfo); // MetaGraphDef: MetaInfoDef meta_info_def = 1
    metaGraph.message(2, new ProtoWriter()); // GraphDef graph_def = 2
    for (String asset : assets) {
      // repeated AssetFileDef asset_file_def = 6: string filename = 2
      metaGraph.message(6, new ProtoWriter().string(2, asset));
    }
    metaGraph.message(7, objectGraph()); // SavedObjectGraph object_graph_def = 7
    ProtoWriter savedModel = new ProtoWriter();
    savedModel.varint(1, 1); // int64 saved_model_schema_version = 1
    return savedModel.message(2, metaGraph); // repeated MetaGraphDef meta_graphs = 2
  }

  /** {@code saved_object_graph.proto}, SavedObjectGraph: the root, then its children. */
  private ProtoWriter objectGraph() {
    List<BundleWriter.Child> children = children();
    ProtoWriter root = new ProtoWriter();
    for (int i = 0; i < children.size(); i++) {
      ProtoWriter reference = new ProtoWriter();
      reference.varint(1, i + 1L); // ObjectReference: int32 node_id = 1
      reference.string(2, children.get(i).localName()); // string local_name = 2
      root.message(1, reference); // SavedObject: repeated ObjectReference children = 1
    }
    ProtoWriter userObject = new ProtoWriter();
    userObject.string(1, "_generic_user_object"); // SavedUserObject: string identifier = 1
    // VersionDef version = 2: int32 producer = 1, int32 min_consumer = 2
    userObject.message(2, new ProtoWriter().varint(1, 1).varint(2, 1));
    root.message(4, userObject); // SavedObject: SavedUserObject user_object = 4
    ProtoWriter graph = new ProtoWriter();
    graph.message(1, root); // SavedObjectGraph: repeated SavedObject nodes = 1
    tensors.forEach(t -> graph.message(1, new ProtoWriter().message(7, variable(t))));
    for (int i = 0; i < assets.size(); i++) {
      // SavedObject: SavedAsset asset = 5: int32 asset_file_def_index = 1
      ProtoWriter asset = i == 0 ? new ProtoWriter() : new ProtoWriter().varint(1, i);
      graph.message(1, new ProtoWriter().message(5, asset));
    }
    return graph;
  }

  /** SavedVariable, field 7 of SavedObject. */
  private ProtoWriter variable(TensorInfo tensor) {
    return new ProtoWriter()
        .varint(1, TensorProtos.number(tensor.dtype())) // DataType dtype = 1
        .message(2, TensorProtos.shape(tensor.shape())) // TensorShapeProto shape = 2
        .varint(3, 1) // bool trainable = 3
        .string(6, variableName.apply(tensor.name())); // string name = 6
  }
}
