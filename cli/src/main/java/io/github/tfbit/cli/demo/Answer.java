package io.github.tfbit.cli.demo;

import java.nio.file.Path;

/**
 * What the reloaded SavedModel says about one held-out picture.
 *
 * @param picture the file
 * @param truth its class
 * @param said the class with the highest score
 * @param score of that class, 0 to 1
 */
record Answer(Path picture, String truth, String said, double score) {
  boolean right() {
    return truth.equals(said);
  }
}
