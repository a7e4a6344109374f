package io.github.tfbit.graph;

import io.github.tfbit.checkpoints.Problem;
import java.util.Optional;
import org.tensorflow.Graph;
import org.tensorflow.Session;

/** What must be in order before TensorFlow's first class loads, and sessions made accordingly. */
public final class TensorFlowRuntime {
  /**
   * JavaCPP's limit on the memory of the whole process, 4 times the heap unless set: a large model
   * in a small heap would fail with "Physical memory usage is too high".
   */
  private static final String MEMORY_LIMIT = "org.bytedeco.javacpp.maxPhysicalBytes";

  private TensorFlowRuntime() {}

  /**
   * To be called before any class of TensorFlow is used: lifts JavaCPP's memory limit unless the
   * user has set one, and checks that the class path holds exactly one native. May be called again.
   *
   * @throws RuntimeProblemException if there is no native or more than one; it names the dependency
   *     to add or remove
   */
  public static void prepare() {
    Once.check();
  }

  /** Holder whose initialisation is the preparation. */
  private static final class Once {
    private static final Optional<Problem> PROBLEM = problem();

    private Once() {}

    private static Optional<Problem> problem() {
      if (System.getProperty(MEMORY_LIMIT) == null) {
        System.setProperty(MEMORY_LIMIT, "0");
      }
      return Natives.here().problem();
    }

    static void check() {
      if (PROBLEM.isPresent()) {
        throw new RuntimeProblemException(PROBLEM.get());
      }
    }
  }

  /**
   * Opens a session.
   *
   * @param graph built as far as the session will use it
   * @param options threads and device
   * @return a session; the caller closes it before the graph
   * @throws RuntimeProblemException if a GPU was asked for and is not usable; it names the missing
   *     piece
   */
  public static Session open(Graph graph, SessionOptions options) {
    prepare();
    if (options.device().kind() == Device.Kind.GPU) {
      Gpus.require(options);
    }
    return new Session(graph, options.config());
  }

  /**
   * The device that sessions with these options compute on.
   *
   * @param options threads and device
   * @return one line for a person, such as {@code CPU, 2 threads}
   * @throws RuntimeProblemException as {@link #open}
   */
  public static String describe(SessionOptions options) {
    prepare();
    if (options.device().kind() == Device.Kind.GPU) {
      return Gpus.require(options);
    }
    if (options.device().kind() == Device.Kind.AUTO && Natives.here().hasGpu()) {
      return Gpus.find(options).orElseGet(() -> cpu(options));
    }
    return cpu(options);
  }

  private static String cpu(SessionOptions options) {
    int threads =
        options.threads() == 0 ? Runtime.getRuntime().availableProcessors() : options.threads();
    return "CPU, " + threads + (threads == 1 ? " thread" : " threads");
  }
}
