package io.github.tfbit.data;

import io.github.tfbit.checkpoints.CheckpointException;
import io.github.tfbit.checkpoints.protos.ProtoReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a {@code tf.Example} says of a picture (tensorflow/core/example/example.proto), under the
 * keys of Inception's ImageNet records (tensorflow/models, slim, build_imagenet_data.py).
 *
 * @param encoded where the picture's bytes lie in the record
 * @param labels numbers of its classes
 * @param texts names of its classes
 * @param synsets WordNet ids of its classes
 */
record RecordExample(
    Optional<ProtoReader.Range> encoded,
    List<Long> labels,
    List<String> texts,
    List<String> synsets) {
  static final String ENCODED = "image/encoded";
  static final String LABEL = "image/class/label";
  static final String TEXT = "image/class/text";
  static final String SYNSET = "image/class/synset";

  /** More labels than that no picture has. */
  private static final int MOST_LABELS = 100_000;

  private static final int FEATURES = 1;
  private static final int FEATURE = 1;
  private static final int KEY = 1;
  private static final int VALUE = 2;
  private static final int BYTES = 1;
  private static final int INTEGERS = 3;

  /** Finds everything without copying the picture. */
  static RecordExample parse(ByteBuffer record, String where) throws IOException {
    try {
      return new Parser(ProtoReader.of(record, where)).example();
    } catch (CheckpointException e) {
      throw new DataException(e.problem(), e);
    }
  }

  /** A pass over one message. */
  private static final class Parser {
    private final ProtoReader in;
    private Optional<ProtoReader.Range> encoded = Optional.empty();
    private final List<Long> labels = new ArrayList<>();
    private final List<String> texts = new ArrayList<>();
    private final List<String> synsets = new ArrayList<>();

    Parser(ProtoReader in) {
      this.in = in;
    }

    RecordExample example() throws IOException {
      while (in.next()) {
        if (in.field() == FEATURES && in.hasLength()) {
          int outer = in.enter();
          features();
          in.leave(outer);
        } else {
          in.skip();
        }
      }
      return new RecordExample(encoded, labels, texts, synsets);
    }

    private void features() throws IOException {
      while (in.next()) {
        if (in.field() == FEATURE && in.hasLength()) {
          int outer = in.enter();
          entry();
          in.leave(outer);
        } else {
          in.skip();
        }
      }
    }

    /** A map's entry: every writer puts the key before the value. */
    private void entry() throws IOException {
      String key = "";
      while (in.next()) {
        if (in.field() == KEY) {
          key = in.string();
        } else if (in.field() == VALUE && in.hasLength() && isWanted(key)) {
          int outer = in.enter();
          feature(key);
          in.leave(outer);
        } else {
          in.skip();
        }
      }
    }

    private static boolean isWanted(String key) {
      return key.equals(ENCODED) || key.equals(LABEL) || key.equals(TEXT) || key.equals(SYNSET);
    }

    private void feature(String key) throws IOException {
      while (in.next()) {
        if (in.field() == BYTES && !key.equals(LABEL)) {
          int outer = in.enter();
          bytes(key);
          in.leave(outer);
        } else if (in.field() == INTEGERS && key.equals(LABEL)) {
          int outer = in.enter();
          integers();
          in.leave(outer);
        } else {
          throw in.violation(
              key.equals(LABEL) ? "whole numbers under " + key : "bytes under " + key,
              "another type");
        }
      }
    }

    private void bytes(String key) throws IOException {
      while (in.next()) {
        switch (key) {
          case ENCODED -> encoded = Optional.of(in.range());
          case TEXT -> add(texts, in.string());
          default -> add(synsets, in.string());
        }
      }
    }

    private void integers() throws IOException {
      while (in.next()) {
        if (in.hasLength()) {
          int outer = in.enter();
          while (in.more()) {
            add(labels, in.packedVarint());
          }
          in.leave(outer);
        } else {
          add(labels, in.varint());
        }
      }
    }

    private <T> void add(List<T> list, T value) throws IOException {
      if (list.size() >= MOST_LABELS) {
        throw in.violation("at most " + MOST_LABELS + " labels", "more");
      }
      list.add(value);
    }
  }
}
