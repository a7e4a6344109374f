package io.github.tfbit.checkpoints.bundle;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class ObjectKeysTest {
  @Test
  void slashesAndPointsAreEscaped() {
    assertEquals(
        "resnet.Sroot.Sv1..0:0/.ATTRIBUTES/VARIABLE_VALUE", ObjectKeys.key("resnet/root/v1.0:0"));
  }

  @Test
  void localNameIsTheLastEdge() {
    String key = "bit_model/" + ObjectKeys.key("resnet/group_norm/beta.S:0");
    assertEquals(Optional.of("resnet/group_norm/beta.S:0"), ObjectKeys.localName(key));
  }

  @Test
  void otherKeysHaveNone() {
    assertEquals(Optional.empty(), ObjectKeys.localName("module/resnet/root/kernel"));
    assertEquals(Optional.empty(), ObjectKeys.localName(ObjectGraph.KEY));
  }
}
