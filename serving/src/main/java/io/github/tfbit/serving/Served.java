package io.github.tfbit.serving;

import io.github.tfbit.serving.wire.ModelSpec;
import io.grpc.Status;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Which model a server has.
 *
 * @param name that clients ask for
 * @param version its only one
 */
record Served(String name, long version) {
  /** Refuses what is not served, in TensorFlow Serving's words. */
  void require(ModelSpec asked) {
    if (asked.name().isEmpty()) {
      throw ServingException.invalid("Missing ModelSpec name");
    }
    require(asked.name(), asked.version(), asked.label());
  }

  /** As {@link #require(ModelSpec)}, from the parts of an address. */
  void require(String model, OptionalLong number, Optional<String> label) {
    if (label.isPresent()) {
      throw new ServingException(
          model.equals(name) ? Status.Code.INVALID_ARGUMENT : Status.Code.NOT_FOUND,
          "Unrecognized servable version label: " + label.get());
    }
    if (!model.equals(name) || (number.isPresent() && number.getAsLong() != version)) {
      throw new ServingException(
          Status.Code.NOT_FOUND,
          "Servable not found for request: "
              + (number.isPresent()
                  ? "Specific(" + model + ", " + number.getAsLong() + ")"
                  : "Latest(" + model + ")"));
    }
  }

  /** What answers say of it. */
  ModelSpec answering(String signature) {
    return new ModelSpec(name, OptionalLong.of(version), Optional.empty(), signature);
  }
}
