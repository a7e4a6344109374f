package io.github.tfbit.contract;

import io.github.tfbit.export.WarmupRequest;
import io.github.tfbit.graph.Tensors;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.tensorflow.Result;
import org.tensorflow.SavedModelBundle;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.tensorflow.exceptions.TensorFlowException;
import org.tensorflow.proto.RunOptions;
import org.tensorflow.proto.SignatureDef;
import org.tensorflow.proto.TensorInfo;
import org.tensorflow.proto.TensorProto;
import org.tensorflow.proto.TensorShapeProto;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TString;

/**
 * A warm-up request that is made.
 *
 * @param request what is asked
 * @param rows how many rows every input has
 */
record Replay(WarmupRequest request, int rows) {
  /** Scores of one row, alone and in a batch: TensorFlow gives no equality of bits there. */
  static final double FINE = 1e-5;

  /** The same where the network computes in 16 bits, whose tilings round differently. */
  static final double COARSE = 5e-3;

  private static final long TIMEOUT_MILLIS = 3_600_000;

  /**
   * What came back.
   *
   * @param faults what is wrong with it
   * @param values by alias: {@code List<String>} or {@code float[]}, in C order; of other types
   *     nothing
   */
  record Answer(List<String> faults, Map<String, Object> values) {}

  /** Empty if the inputs have different numbers of rows, or values that cannot be handed over. */
  static Optional<Replay> of(WarmupRequest request) {
    Optional<Integer> rows = Optional.empty();
    for (TensorProto input : request.inputs().values()) {
      Optional<Integer> of = RequestTensors.rows(input);
      if (of.isEmpty() || (rows.isPresent() && !rows.equals(of))) {
        return Optional.empty();
      }
      rows = of;
    }
    return rows.filter(n -> n > 0).map(n -> new Replay(request, n));
  }

  Answer all(SavedModelBundle bundle, SignatureDef signature) {
    return ask(bundle, signature, 0, rows);
  }

  /** Asks about the first rows, each alone, and says where that changes an answer. */
  List<String> compare(
      SavedModelBundle bundle, SignatureDef signature, int first, double tolerance) {
    List<String> faults = new ArrayList<>();
    Answer batch = all(bundle, signature);
    for (int row = 0; row < first; row++) {
      Answer alone = ask(bundle, signature, row, row + 1);
      faults.addAll(alone.faults());
      for (Map.Entry<String, Object> value : alone.values().entrySet()) {
        String where = value.getKey() + " of row " + row;
        Object joint = batch.values().get(value.getKey());
        if (value.getValue() instanceof float[] one && joint instanceof float[] many) {
          double d = distance(one, many, row * one.length);
          if (!(d <= tolerance)) {
            faults.add(where + " differs by " + (float) d);
          }
        } else if (value.getValue() instanceof List<?> one && joint instanceof List<?> many) {
          if (!one.equals(many.subList(row * one.size(), (row + 1) * one.size()))) {
            faults.add(where + " differs");
          }
        }
      }
    }
    return faults;
  }

  private static double distance(float[] one, float[] many, int offset) {
    double max = 0;
    for (int i = 0; i < one.length; i++) {
      double d = Math.abs((double) one[i] - many[offset + i]) / Math.max(1, Math.abs(one[i]));
      max = Double.isNaN(d) ? Double.NaN : Math.max(max, d);
    }
    return max;
  }

  private Answer ask(SavedModelBundle bundle, SignatureDef signature, int from, int to) {
    List<Tensor> fed = new ArrayList<>();
    try {
      Session.Runner runner =
          bundle
              .session()
              .runner()
              .setOptions(RunOptions.newBuilder().setTimeoutInMs(TIMEOUT_MILLIS).build());
      for (Map.Entry<String, TensorProto> input : request.inputs().entrySet()) {
        Optional<Tensor> tensor = RequestTensors.of(input.getValue(), from, to);
        if (tensor.isEmpty()) {
          return new Answer(
              List.of("the values of " + input.getKey() + " are not whole"), Map.of());
        }
        fed.add(tensor.get());
        runner.feed(signature.getInputsOrThrow(input.getKey()).getName(), tensor.get());
      }
      Map<String, TensorInfo> outputs = new TreeMap<>(signature.getOutputsMap());
      outputs.values().forEach(o -> runner.fetch(o.getName()));
      try (Result result = runner.run()) {
        return answer(outputs, result, to - from);
      }
    } catch (TensorFlowException | IllegalArgumentException e) {
      String why = "a batch of " + (to - from) + " fails: " + LoadedCheck.firstLine(e);
      return new Answer(List.of(why), Map.of());
    } finally {
      fed.forEach(Tensor::close);
    }
  }

  private static Answer answer(Map<String, TensorInfo> outputs, Result result, int rows) {
    List<String> faults = new ArrayList<>();
    Map<String, Object> values = new LinkedHashMap<>();
    int i = 0;
    for (Map.Entry<String, TensorInfo> output : outputs.entrySet()) {
      Tensor found = result.get(i++);
      String alias = output.getKey();
      if (found.dataType() != output.getValue().getDtype()) {
        faults.add(alias + " is " + found.dataType());
      } else if (!fits(found, output.getValue().getTensorShape(), rows)) {
        faults.add(alias + " of " + rows + " rows is " + found.shape());
      } else if (found instanceof TFloat32 floats) {
        float[] all = Tensors.floats(floats);
        for (float f : all) {
          if (!Float.isFinite(f)) {
            faults.add(alias + " holds " + f);
            break;
          }
        }
        values.put(alias, all);
      } else if (found instanceof TString strings) {
        List<String> all = new ArrayList<>();
        strings.scalars().forEach(s -> all.add(s.getObject()));
        values.put(alias, all);
      }
    }
    return new Answer(faults, values);
  }

  private static boolean fits(Tensor found, TensorShapeProto said, int rows) {
    int rank = found.shape().numDimensions();
    boolean fits = rank > 0 && found.shape().get(0) == rows;
    if (!said.getUnknownRank()) {
      fits &= rank == said.getDimCount();
      for (int i = 1; fits && i < rank; i++) {
        long size = said.getDim(i).getSize();
        fits = size == -1 || size == found.shape().get(i);
      }
    }
    return fits;
  }
}
