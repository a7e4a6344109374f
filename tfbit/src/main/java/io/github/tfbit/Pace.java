package io.github.tfbit;

/** How fast a run goes, evaluations aside. For reports only: timing decides nothing. */
final class Pace {
  private long begun;
  private long waiting;
  private long waited;
  private long images;

  void start() {
    begun = System.nanoTime();
    waited = 0;
    images = 0;
  }

  void waits() {
    waiting = System.nanoTime();
  }

  void has() {
    waited += System.nanoTime() - waiting;
  }

  void done(int count) {
    images += count;
  }

  double imagesPerSecond() {
    return images * 1e9 / Math.max(1, System.nanoTime() - begun);
  }

  double waitShare() {
    return waited / (double) Math.max(1, System.nanoTime() - begun);
  }
}
