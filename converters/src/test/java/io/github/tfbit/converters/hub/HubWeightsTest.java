package io.github.tfbit.converters.hub;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.tfbit.checkpoints.Checkpoint;
import io.github.tfbit.checkpoints.CheckpointException.Corrupt;
import io.github.tfbit.checkpoints.CheckpointException.Mismatch;
import io.github.tfbit.checkpoints.DType;
import io.github.tfbit.checkpoints.MemoryCheckpoint;
import io.github.tfbit.checkpoints.TensorInfo;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HubWeightsTest {
  private static final String VALUE = "/.ATTRIBUTES/VARIABLE_VALUE";
  private static final String BETA = "resnet/block1/unit01/a/group_norm/beta";

  private static MemoryCheckpoint file(String... keys) {
    MemoryCheckpoint c = new MemoryCheckpoint();
    for (String k : keys) {
      c.add(k, List.of(1), 1);
    }
    return c;
  }

  private static List<String> published(MemoryCheckpoint c) throws IOException {
    return HubWeights.published(c, Map.of()).tensors().stream().map(TensorInfo::name).toList();
  }

  @ParameterizedTest
  @CsvSource({
    "resnet/block1/unit01/a/group_norm/beta",
    "module/resnet/block1/unit01/a/group_norm/beta",
    "a/b/resnet/block1/unit01/a/group_norm/beta",
    "resnet.Sblock1.Sunit01.Sa.Sgroup_norm.Sbeta:0/.ATTRIBUTES/VARIABLE_VALUE",
    "bit_model/resnet.Sblock1.Sunit01.Sa.Sgroup_norm.Sbeta:0/.ATTRIBUTES/VARIABLE_VALUE",
    "x/module.Sresnet.Sblock1.Sunit01.Sa.Sgroup_norm.Sbeta/.ATTRIBUTES/VARIABLE_VALUE"
  })
  void findsThePublishedNameInAKey(String key) throws IOException {
    assertEquals(List.of(BETA), published(file(key)));
  }

  @Test
  void takesTheFullNameWhereTheKeyIsAnotherPath() throws IOException {
    String key = "layers/0/v" + VALUE;
    Checkpoint c = HubWeights.published(file(key), Map.of(key, "bit/" + BETA + ":0"));
    assertEquals(BETA, c.tensors().get(0).name());
  }

  @Test
  void keepsTheNumbersOfConvolutions() throws IOException {
    String name = "resnet/block1/unit01/a/standardized_conv2d_17/kernel";
    assertEquals(List.of(name), published(file("module/" + name)));
  }

  @Test
  void passesOverWhatTrainingLeaves() throws IOException {
    MemoryCheckpoint c =
        file(
                BETA,
                BETA + "/Momentum",
                BETA + "/ExponentialMovingAverage",
                "resnet.Sx/.OPTIMIZER_SLOT/optimizer/momentum" + VALUE)
            .add("global_step", DType.INT64, List.of(), new byte[8])
            .add("save_counter" + VALUE, DType.INT64, List.of(), new byte[8])
            .add("learning_rate", List.of(), 0.1f);
    assertEquals(List.of(BETA), published(c));
  }

  @ParameterizedTest
  @CsvSource({
    "resnet/head/conv2d/kernel, kernel",
    "resnet/head/dense/kernel, kernel",
    "module/head/kernel, kernel",
    "head.Sdense.Sbias:0/.ATTRIBUTES/VARIABLE_VALUE, bias",
    "dense_1/bias, bias"
  })
  void findsAHeadOfAnyName(String key, String part) throws IOException {
    assertEquals(List.of("resnet/head/conv2d/" + part), published(file(key)));
  }

  @Test
  void aDenseHeadGetsTwoDimensionsMore() throws IOException {
    MemoryCheckpoint c =
        new MemoryCheckpoint().add("resnet/head/dense/kernel", List.of(3, 2), 0, 1, 2, 3, 4, 5);
    Checkpoint p = HubWeights.published(c, Map.of());
    assertEquals(List.of(1, 1, 3, 2), p.tensors().get(0).shape());
    assertEquals(c.bytes("resnet/head/dense/kernel"), p.bytes("resnet/head/conv2d/kernel"));
  }

  @Test
  void namesWhatIsNotBits() {
    Mismatch e = assertThrows(Mismatch.class, () -> published(file(BETA, "embedding/table")));
    assertEquals("embedding/table [1]", e.problem().found());
  }

  @Test
  void twoKeysThatMeanOneVariableAreCorrupt() {
    Corrupt e = assertThrows(Corrupt.class, () -> published(file(BETA, "module/" + BETA)));
    assertEquals("two, '" + BETA + "' and 'module/" + BETA + "'", e.problem().found());
  }
}
