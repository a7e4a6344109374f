package io.github.tfbit.data;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * Labelled pictures by index. Implement it for an object store or a database; everything is asked
 * for from several threads at once, in an order that the library chooses. The same index must give
 * the same picture each time: the order of a run is a function of seed, epoch and index alone.
 */
public interface ImageDataset {
  /**
   * The class names.
   *
   * @return in the order that labels count in
   */
  List<String> classes();

  /**
   * How many pictures there are.
   *
   * @return at least 1
   */
  int size();

  /**
   * Fetches one picture, undecoded.
   *
   * @param index from 0 to {@code size() - 1}
   * @return its bytes and labels
   * @throws IOException if it cannot be fetched; a run ends with that exception
   */
  Example example(int index) throws IOException;

  /**
   * The labels of one picture. The default fetches the picture; sources that know labels without it
   * should say so here, for it is asked for every picture before a run begins.
   *
   * @param index from 0 to {@code size() - 1}
   * @return indices into {@link #classes()}
   * @throws IOException if they cannot be fetched
   */
  default int[] labels(int index) throws IOException {
    return example(index).labels();
  }

  /**
   * The beginning of a picture's file, from which a survey reads format and size. The default
   * fetches the whole picture; sources that can read less should, for it is asked for every picture
   * before a run begins.
   *
   * @param index from 0 to {@code size() - 1}
   * @param most bytes that are wanted
   * @return the first bytes, fewer only where the file ends; more do no harm
   * @throws IOException if they cannot be fetched
   */
  default byte[] header(int index, int most) throws IOException {
    return example(index).encoded();
  }

  /**
   * What tells whether a picture is still the one that it was, without reading it. Used to notice a
   * data set that changed under a run, and to know pictures that were checked before.
   *
   * @param index from 0 to {@code size() - 1}
   * @return its stamp; empty, the default, where the source cannot say
   * @throws IOException if the picture is not there any more
   */
  default Optional<Stamp> stamp(int index) throws IOException {
    return Optional.empty();
  }
}
