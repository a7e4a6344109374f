package io.github.tfbit.data;

import io.github.tfbit.checkpoints.Problem;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Text as people's tools write it. */
final class TextFile {
  private TextFile() {}

  /** UTF-8, without the byte-order mark that some editors put before it. */
  static BufferedReader open(Path file) throws IOException {
    BufferedReader in =
        new BufferedReader(
            new InputStreamReader(
                Files.newInputStream(file),
                StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)));
    try {
      in.mark(1);
      if (in.read() != '\uFEFF') {
        in.reset();
      }
      return in;
    } catch (CharacterCodingException e) {
      in.close();
      throw notUtf8(file, e);
    } catch (IOException e) {
      in.close();
      throw e;
    }
  }

  static DataException notUtf8(Path file, CharacterCodingException cause) {
    return new DataException(
        new Problem("text in UTF-8", "bytes that are none", file.toString(), "save it as UTF-8"),
        cause);
  }
}
