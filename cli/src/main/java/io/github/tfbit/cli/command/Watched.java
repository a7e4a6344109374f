package io.github.tfbit.cli.command;

import io.github.tfbit.cli.console.Progress;
import io.github.tfbit.data.Example;
import io.github.tfbit.data.ImageDataset;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.List;

/** A data set that reports how many of its pictures were asked for, and hears an interrupt. */
final class Watched implements ImageDataset {
  private final ImageDataset data;
  private final Session session;
  private final Progress progress;
  private long asked;

  Watched(ImageDataset data, Session session) {
    this.data = data;
    this.session = session;
    this.progress = new Progress(session.console(), "pictures", data.size());
  }

  @Override
  public List<String> classes() {
    return data.classes();
  }

  @Override
  public int size() {
    return data.size();
  }

  @Override
  public Example example(int index) throws IOException {
    if (session.interrupts().interrupted()) {
      throw new InterruptedIOException("interrupted by the user");
    }
    Example example = data.example(index);
    synchronized (this) {
      progress.report(++asked, "");
    }
    return example;
  }

  @Override
  public int[] labels(int index) throws IOException {
    return data.labels(index);
  }
}
