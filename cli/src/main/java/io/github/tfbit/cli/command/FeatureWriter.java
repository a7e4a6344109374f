package io.github.tfbit.cli.command;

import io.github.tfbit.BitModel;
import io.github.tfbit.FeatureMap;
import io.github.tfbit.checkpoints.AtomicFile;
import io.github.tfbit.checkpoints.Existing;
import io.github.tfbit.checkpoints.npy.NpyWriter;
import io.github.tfbit.cli.console.Progress;
import io.github.tfbit.graph.Endpoint;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Writes features row by row, and beside them which picture is in which row. */
final class FeatureWriter {
  private final Session session;
  private final Path out;
  private final Existing existing;

  FeatureWriter(Session session, Path out, Existing existing) {
    this.session = session;
    this.out = out;
    this.existing = existing;
  }

  /**
   * Computes and writes all rows; the files appear at the end, both or neither.
   *
   * @return the shape of the array
   */
  List<Integer> write(BitModel model, Endpoint at, FeatureSource source)
      throws IOException, InterruptedException {
    AtomicFile.create(out, existing).close(); // refuses before any work what would be refused after
    NpyWriter npy = null;
    try (CsvFile rows = CsvFile.open(source.files().map(f -> beside()), existing);
        Progress progress = new Progress(session.console(), "rows", source.rows())) {
      rows.row("row", "path");
      List<Integer> shape = List.of();
      int chunk = Session.chunk(model);
      for (int from = 0; from < source.rows(); from += chunk) {
        session.interrupts().check();
        int count = Math.min(chunk, source.rows() - from);
        FeatureMap map = source.compute(model, at, from, count);
        if (npy == null) {
          shape = shape(map, source.rows());
          npy = NpyWriter.float32(out, existing, shape.stream().mapToInt(d -> d).toArray());
        }
        npy.write(map.values());
        name(rows, source.files(), from, count);
        if (source.rows() > chunk) {
          progress.report(from + count, "");
        }
      }
      npy.commit();
      rows.commit();
      return shape;
    } finally {
      if (npy != null) {
        npy.close();
      }
    }
  }

  private static List<Integer> shape(FeatureMap map, int rows) {
    List<Integer> shape = new ArrayList<>(map.shape());
    shape.set(0, rows);
    return List.copyOf(shape);
  }

  private static void name(CsvFile rows, Optional<List<Path>> files, int from, int count)
      throws IOException {
    if (files.isPresent()) {
      for (int row = from; row < from + count; row++) {
        rows.row(String.valueOf(row), files.get().get(row).toString());
      }
    }
  }

  private Path beside() {
    String name = out.getFileName().toString();
    int dot = name.lastIndexOf('.');
    return out.resolveSibling((dot > 0 ? name.substring(0, dot) : name) + ".csv");
  }
}
