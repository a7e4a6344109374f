package io.github.tfbit.export;

import io.github.tfbit.data.TfRecordWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What lies in an export for the server's sake and changes no answer. */
public final class ServerFiles {
  /** Numbers of pictures that the server computes at once; a batch is filled up to one of them. */
  public static final List<Integer> BATCH_SIZES = List.of(1, 2, 4, 8, 16, 32);

  /** Where TensorFlow Serving looks for requests to warm up with, from the version's directory. */
  public static final String WARMUP = "assets.extra/tf_serving_warmup_requests";

  /** Where it looks for what is said of batching. */
  public static final String BATCHING = "batching_params.pbtxt";

  private ServerFiles() {}

  /**
   * Writes one request for each of {@link #BATCH_SIZES}, of pictures in turn.
   *
   * @param directory the version's, with {@code assets.extra} in it
   * @param model what clients call it; the server does not compare it
   * @param pictures encoded, at least one
   * @throws IOException if it cannot be written
   */
  public static void writeWarmup(Path directory, String model, List<byte[]> pictures)
      throws IOException {
    try (TfRecordWriter records = TfRecordWriter.create(directory.resolve(WARMUP))) {
      for (int size : BATCH_SIZES) {
        List<byte[]> batch =
            IntStream.range(0, size).mapToObj(i -> pictures.get(i % pictures.size())).toList();
        records.write(WarmupRequest.of(batch).toLog(model));
      }
    }
  }

  /**
   * Writes what the server is to do with requests that come at the same time.
   *
   * @param directory the version's
   * @throws IOException if it cannot be written
   */
  public static void writeBatching(Path directory) throws IOException {
    int most = BATCH_SIZES.get(BATCH_SIZES.size() - 1);
    String sizes =
        BATCH_SIZES.stream()
            .map(n -> "allowed_batch_sizes: " + n)
            .collect(Collectors.joining("\n"));
    String text =
        """
        # tensorflow_model_server reads this with
        # --enable_batching --enable_per_model_batching_parameters
        max_batch_size { value: MOST }
        SIZES
        # how long a request waits for others; 0 suits one client at a time
        batch_timeout_micros { value: 2000 }
        # further requests are refused
        max_enqueued_batches { value: 100 }
        # one pool serves all models: newer servers take it from --batching_parameters_file
        num_batch_threads { value: 4 }
        """;
    Files.writeString(
        directory.resolve(BATCHING),
        text.replace("MOST", Integer.toString(most)).replace("SIZES", sizes));
  }
}
