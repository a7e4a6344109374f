package io.github.tfbit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.tfbit.converters.Architecture;
import io.github.tfbit.data.DataSource;
import io.github.tfbit.data.Example;
import io.github.tfbit.data.ImageDataset;
import io.github.tfbit.data.ImageDatasets;
import io.github.tfbit.data.Records;
import io.github.tfbit.graph.InitialWeights;
import io.github.tfbit.graph.Tensors;
import io.github.tfbit.image.Augmentation;
import io.github.tfbit.image.BatchDecoder;
import io.github.tfbit.image.Decoding;
import io.github.tfbit.image.Flip;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One data set in every form that it can lie on disk in, and in none. */
class SourcesAgreeTest {
  private static final Architecture TINY = new Architecture(List.of(1, 1, 1, 1), 8, 4);
  private static final int PER_CLASS = 5;

  @TempDir private Path dir;

  /** A user's own source. */
  private record Own(List<String> classes, List<Example> examples) implements ImageDataset {
    @Override
    public int size() {
      return examples.size();
    }

    @Override
    public Example example(int index) {
      return examples.get(index);
    }
  }

  private Map<String, ImageDataset> everyForm() throws IOException {
    Path photos = dir.resolve("photos");
    StringBuilder csv = new StringBuilder("path,label\n");
    StringBuilder json = new StringBuilder();
    List<byte[]> records = new ArrayList<>();
    List<Example> examples = new ArrayList<>();
    for (int label = 0; label < Drawn.CLASSES.size(); label++) {
      String name = Drawn.CLASSES.get(label);
      Files.createDirectories(photos.resolve(name));
      for (int i = 0; i < PER_CLASS; i++) {
        byte[] encoded =
            Drawn.encode(Drawn.picture(label, i, 24, 30 + i), i % 2 == 0 ? "png" : "jpg");
        String path = "photos/" + name + "/" + i + (i % 2 == 0 ? ".png" : ".jpg");
        Files.write(dir.resolve(path), encoded);
        csv.append(path).append(',').append(name).append('\n');
        json.append("{\"label\": \"" + name + "\", \"path\": \"" + path + "\"}\n");
        records.add(Records.example(encoded, label + 1L, name, null));
        examples.add(new Example("mine " + i, encoded, new int[] {label}));
      }
    }
    Files.writeString(dir.resolve("list.csv"), csv);
    Files.writeString(dir.resolve("list.jsonl"), json);
    Files.write(dir.resolve("pictures.tfrecord"), Records.file(records.toArray(byte[][]::new)));
    Map<String, ImageDataset> forms = new LinkedHashMap<>();
    for (String form : List.of("photos", "list.csv", "list.jsonl", "pictures.tfrecord")) {
      forms.put(
          form, ImageDatasets.source(dir.resolve(form).toString()).splits().get(DataSource.ALL));
    }
    forms.put("own", new Own(Drawn.CLASSES, examples));
    return forms;
  }

  /** What goes into the network. */
  private static byte[] pixels(ImageDataset data) throws Exception {
    List<Example> all = new ArrayList<>();
    for (int i = 0; i < data.size(); i++) {
      all.add(data.example(i));
    }
    long[] positions = LongStream.range(0, all.size()).toArray();
    Augmentation augmentation = new Augmentation(20, 16, Flip.HORIZONTAL);
    try (BatchDecoder decoder = BatchDecoder.open(Decoding.DEFAULT, augmentation, 3, 2);
        BatchDecoder.Decoded batch = decoder.decode(all, positions)) {
      ByteBuffer memory = Tensors.memory(batch.images());
      byte[] bytes = new byte[memory.remaining()];
      memory.get(bytes);
      return bytes;
    }
  }

  @Test
  void comeToTheSameWeights() throws Exception {
    Map<String, ImageDataset> forms = everyForm();
    byte[] pixels = pixels(forms.get("own"));
    byte[] weights = null;
    for (Map.Entry<String, ImageDataset> form : forms.entrySet()) {
      ImageDataset data = form.getValue();
      assertEquals(Drawn.CLASSES, data.classes(), form.getKey());
      assertArrayEquals(pixels, pixels(data), form.getKey());
      HyperRule rule =
          HyperRule.of(ImageDatasets.survey(data), TINY).toBuilder()
              .steps(2)
              .batch(8)
              .rate(0.02)
              .resize(20)
              .crop(16)
              .build();
      Run run =
          FineTuning.from(InitialWeights.of(TINY, 3, 1), data)
              .hyperRule(rule)
              .run(dir.resolve("run-" + form.getKey()))
              .build()
              .call();
      byte[] trained = Files.readAllBytes(run.weightsFile());
      weights = weights == null ? trained : weights;
      assertArrayEquals(weights, trained, form.getKey());
    }
  }
}
