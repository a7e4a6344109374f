package io.github.tfbit.export;

import io.github.tfbit.checkpoints.Checkpoint;
import io.github.tfbit.graph.Device;
import io.github.tfbit.graph.SessionOptions;
import io.github.tfbit.graph.TensorFlowRuntime;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.tensorflow.ConcreteFunction;
import org.tensorflow.Graph;
import org.tensorflow.Session;
import org.tensorflow.exceptions.TensorFlowException;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TString;

/** Writes a model as a SavedModel, from a graph of its own that knows inference only. */
public final class SavedModelWriter {
  private static final String LABELS = "labels.txt";

  private SavedModelWriter() {}

  /**
   * Fills a directory: {@code saved_model.pb}, {@code variables/}, {@code assets.extra/labels.txt}.
   * Weights are read one tensor at a time, standardised, and never become part of the graph.
   *
   * @param weights of the settings' architecture, with a head; only read
   * @param settings what the model is made of
   * @param precision that the network computes in
   * @param directory exists and is empty; on failure it may hold anything
   * @throws io.github.tfbit.checkpoints.CheckpointException if the weights are corrupt, not finite
   *     or do not fit
   * @throws java.io.InterruptedIOException if the thread was interrupted meanwhile
   * @throws IOException if reading or writing fails
   */
  public static void write(
      Checkpoint weights, ServingSettings settings, Precision precision, Path directory)
      throws IOException {
    TensorFlowRuntime.prepare();
    try (Graph graph = new Graph();
        ConcreteFunction decoder = ServingGraph.decoder(settings)) {
      ServingGraph serving = ServingGraph.start(Ops.create(graph), settings, precision);
      List<ExportSignature> signatures = serving.signatures(decoder);
      SavedModelProto.write(
          SavedModelProto.of(graph, signatures), directory.resolve("saved_model.pb"));
      saveVariables(graph, serving, weights, directory);
    }
    Path extra = Files.createDirectory(directory.resolve("assets.extra"));
    Files.write(extra.resolve(LABELS), settings.labels());
    checkInterrupt();
  }

  private static void saveVariables(
      Graph graph, ServingGraph serving, Checkpoint weights, Path directory) throws IOException {
    Path variables = Files.createDirectory(directory.resolve("variables"));
    String prefix = variables.resolve("variables").toString();
    SessionOptions options = new SessionOptions(Device.CPU, 0);
    try (Session session = TensorFlowRuntime.open(graph, options);
        TString filename = TString.scalarOf(prefix)) {
      serving.load(session, weights);
      checkInterrupt();
      save(session, filename);
    }
  }

  private static void save(Session session, TString filename) throws IOException {
    try {
      session.runner().feed(SaverOps.FILENAME, filename).addTarget(SaverOps.SAVE).run().close();
    } catch (TensorFlowException e) {
      throw new IOException(e.getMessage(), e); // a full disk, above all: only the text says so
    }
  }

  /** TensorFlow does not hear an interrupt. */
  private static void checkInterrupt() throws InterruptedIOException {
    if (Thread.currentThread().isInterrupted()) {
      throw new InterruptedIOException("interrupted while exporting");
    }
  }
}
