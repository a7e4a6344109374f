package io.github.tfbit.checkpoints.fetch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.net.http.HttpHeaders;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Headers and addresses, read as their standards say and no further. */
class HeadersTest {
  private static final Instant NOW = Instant.parse("2026-11-24T10:00:00Z");

  private static HttpHeaders headers(String name, String value) {
    return HttpHeaders.of(Map.of(name, List.of(value)), (a, b) -> true);
  }

  private static Optional<Duration> asked(String value) {
    return Waits.asked(headers("Retry-After", value), NOW);
  }

  @Test
  void readsHowLongToWait() {
    assertEquals(Optional.of(Duration.ofSeconds(121)), asked("121"));
    assertEquals(Optional.of(Duration.ofSeconds(90)), asked("Tue, 24 Nov 2026 10:01:30 GMT"));
    assertEquals(Optional.of(Duration.ZERO), asked("Tue, 24 Nov 2020 10:01:30 GMT"));
    assertEquals(Optional.empty(), asked("soon"));
    assertEquals(Optional.empty(), asked("-1"));
    assertEquals(Optional.empty(), asked("99999999999999999999"));
  }

  @Test
  void waitsLongerAfterEachFailureButNotForEver() {
    FetchSettings s = FetchSettings.DEFAULT;
    for (int failures = 1; failures < 100; failures++) {
      Duration wait = Waits.afterFailure(s, failures);
      double doubled = s.firstWait().toMillis() * Math.pow(2, failures - 1.0);
      assertTrue(
          wait.toMillis() >= Math.min(doubled / 2 - 1, (double) s.longestWait().toMillis()),
          "" + wait);
      assertTrue(wait.compareTo(s.longestWait()) <= 0, "" + wait);
    }
  }

  @Test
  void readsRanges() {
    assertEquals(
        Optional.of(new ContentRange(5, 9, OptionalLong.of(10))),
        ContentRange.parse(" bytes 5-9/10"));
    assertEquals(
        Optional.of(new ContentRange(5, 9, OptionalLong.empty())),
        ContentRange.parse("Bytes 5-9/*"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "bytes", "bytes 5-9", "bytes 9-5/10", "bytes 5-10/10", "bytes -5/10"})
  void refusesOtherRanges(String range) {
    assertEquals(Optional.empty(), ContentRange.parse(range));
  }

  @ParameterizedTest
  @ValueSource(strings = {"W/\"a\"", "a", "\"", "\"a"})
  void takesNoWeakTag(String tag) {
    assertEquals(Optional.empty(), Validator.strong(headers("ETag", tag)));
  }

  @Test
  void showsAddressesWithoutTheirSecrets() {
    assertEquals("https://h/a", Addresses.shown(URI.create("https://h/a?X-Signature=s#f")));
  }

  @Test
  void keepsNotesOfWhatItResumes() {
    Resume resume =
        new Resume(
            URI.create("https://h/a"),
            Optional.of(new Validator("etag", "\"v\"")),
            OptionalLong.of(7),
            List.of(new Hash(Hash.Algorithm.CRC32C, "01020304")));
    assertEquals(Optional.of(resume), Resume.parse(resume.json()));
  }

  @Test
  void refusesPasswordsInAddresses() {
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class,
            () -> Source.of(URI.create("https://u:secret@h/"), FileKind.TEXT));
    assertTrue(e.getMessage().contains("without a password"), e.getMessage());
  }
}
