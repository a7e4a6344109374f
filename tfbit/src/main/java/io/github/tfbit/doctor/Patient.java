package io.github.tfbit.doctor;

import java.io.IOException;
import java.util.List;

/** A model of which only the answers are known. Owns what it needs to give them. */
public interface Patient extends AutoCloseable {
  /**
   * What the user calls it.
   *
   * @return for reports
   */
  String name();

  /**
   * Asks about pictures.
   *
   * @param pictures bytes of picture files
   * @return one answer per picture, in order
   * @throws IOException if it does not answer
   */
  List<Answer> answers(List<byte[]> pictures) throws IOException;

  @Override
  void close() throws IOException;
}
