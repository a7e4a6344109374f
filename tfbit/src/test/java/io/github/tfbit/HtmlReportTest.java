package io.github.tfbit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.tfbit.checkpoints.Existing;
import io.github.tfbit.checkpoints.OutputException;
import io.github.tfbit.converters.Architecture;
import io.github.tfbit.data.ImageDataset;
import io.github.tfbit.data.ImageDatasets;
import io.github.tfbit.evaluate.Evaluation;
import io.github.tfbit.evaluate.Mistake;
import io.github.tfbit.evaluate.WorstMistakes;
import io.github.tfbit.graph.InitialWeights;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HtmlReportTest {
  private static final Architecture TINY = new Architecture(List.of(1, 1, 1, 1), 8, 4);
  private static final int STEPS = 2;

  @TempDir private static Path dir;
  private static final ImageDataset DATA = Drawn.dataset(12, 20);
  private static Run run;
  private static String page;

  private static FineTuning.Builder job(String name) throws IOException {
    HyperRule rule =
        HyperRule.of(ImageDatasets.survey(DATA), TINY).toBuilder()
            .steps(STEPS)
            .batch(6)
            .resize(20)
            .crop(16)
            .build();
    return FineTuning.from(InitialWeights.of(TINY, 3, 1), DATA)
        .validation(DATA)
        .hyperRule(rule)
        .evaluateEvery(1)
        .command("tfbit finetune --data '<b>'")
        .run(dir.resolve(name));
  }

  @BeforeAll
  static void train() throws IOException {
    run = job("whole").build().call();
    page = read(run);
  }

  private static String read(Run of) throws IOException {
    return Files.readString(of.directory().resolve("report.html"));
  }

  private static int count(String what, String in) {
    return in.split(Pattern.quote(what), -1).length - 1;
  }

  @Test
  void aRunLeavesAPageThatExplainsIt() throws IOException {
    assertTrue(page.contains(run.contentId().orElseThrow()), "content id");
    assertTrue(page.contains(run.provenance().dataSha256()), "hash of the data");
    assertTrue(page.contains("tfbit finetune --data &#39;&lt;b&gt;&#39;"), "command");
    assertTrue(page.contains("waiting for pictures"), "speed");
    assertTrue(page.contains("Confusion matrix"), "confusion");
    assertEquals(4, count("data:image/png", page), "curves and reliability");
  }

  @Test
  void everyMistakeIsShownUpToTheMost() throws IOException {
    long wrong = run.history().stream().reduce((a, b) -> b).map(r -> mistakes(r)).orElseThrow();
    assertTrue(wrong > 0, "an untrained network is wrong");
    assertEquals(Math.min(HtmlReport.MISTAKES, wrong), count("data:image/jpeg", page));
  }

  private static long mistakes(Run.Report r) {
    return Math.round(r.examples() * (1 - r.top1()));
  }

  @Test
  void aRunThatStoppedAfterItsLastEvaluationIsJudgedAgainForThePage() throws IOException {
    FineTuning[] stopping = new FineTuning[1];
    stopping[0] =
        job("stopped")
            .listener(
                new TrainingListener() {
                  @Override
                  public void evaluated(int step, Evaluation evaluation) {
                    if (step == STEPS) {
                      stopping[0].cancel();
                    }
                  }
                })
            .build();
    assertThrows(CancellationException.class, stopping[0]::call);
    Run resumed = job("stopped").resume(true).build().call();
    assertEquals(run.history(), resumed.history());
    assertEquals(count("data:image/jpeg", page), count("data:image/jpeg", read(resumed)));
  }

  @Test
  void aPageThatIsMissingIsWrittenFromWhatTheRunRecorded() throws IOException {
    Path report = run.directory().resolve("report.html");
    Files.delete(report);
    try {
      assertTrue(read(Run.openFinished(run.directory())).contains("held-out top-1"));
    } finally {
      Files.writeString(report, page);
    }
  }

  @Test
  void aReportOfAFinishedRunIsTheOneItWroteItself() throws IOException {
    try (BitModel model = BitModel.open(run.directory())) {
      WorstMistakes worst = new WorstMistakes(run.head().activation(), HtmlReport.MISTAKES);
      Evaluation evaluation = model.evaluate(DATA, worst);
      List<String> names = run.labels().names();
      String html =
          HtmlReport.of(run)
              .evaluation(evaluation, names)
              .mistakes(worst.list(), DATA, names)
              .html();
      assertEquals(count("<figure>", page), count("<figure>", html));
      assertEquals(count("<tr>", page), count("<tr>", html));
    }
  }

  @Test
  void aPictureThatCannotBeDecodedAnyMoreIsNamed() {
    ImageDataset broken = Drawn.dataset(new byte[] {1, 2, 3});
    Mistake mistake = new Mistake(0, List.of(0), 1, 0.5, false);
    String html = HtmlReport.titled("t").mistakes(List.of(mistake), broken, Drawn.CLASSES).html();
    assertTrue(html.contains("cannot be decoded any more"));
    assertFalse(html.contains("data:image/jpeg"));
  }

  @Test
  void aFileThatIsThereIsNotReplacedUnasked() throws IOException {
    Path file = Files.writeString(dir.resolve("there.html"), "mine");
    HtmlReport report = HtmlReport.titled("t");
    assertThrows(OutputException.class, () -> report.write(file, Existing.REFUSE));
    assertEquals("mine", Files.readString(file));
  }
}
