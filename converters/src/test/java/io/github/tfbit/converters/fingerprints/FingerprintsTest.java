package io.github.tfbit.converters.fingerprints;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.tfbit.checkpoints.TensorInfo;
import io.github.tfbit.converters.Architecture;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class FingerprintsTest {
  @Test
  void coversTheWholeBackbone() {
    List<String> names =
        Architecture.named("R50x1").tensors(0).stream().map(TensorInfo::name).toList();
    Map<String, Integer> known = Fingerprints.of("BiT-M-R50x1").orElseThrow();
    assertEquals(151, known.size());
    assertEquals(new TreeSet<>(names), new TreeSet<>(known.keySet()));
  }

  @Test
  void holdsTheChecksumsThatWereSeen() {
    Map<String, Integer> known = Fingerprints.of("BiT-M-R50x1").orElseThrow();
    assertEquals(0xccaf51cc, known.get("resnet/root_block/standardized_conv2d/kernel"));
    assertEquals(0x08abff3c, known.get("resnet/group_norm/beta"));
  }

  @Test
  void knowsNoOtherModel() {
    assertEquals(Optional.empty(), Fingerprints.of("BiT-S-R50x1"));
  }
}
