package io.github.tfbit.survey;

import io.github.tfbit.image.PictureKind;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One part of a data set by the headers of its pictures.
 *
 * @param pictures how many
 * @param perClass how many of each class, in the order of the classes
 * @param kinds how many files of each kind there are
 * @param findings how many pictures have it, of each that some have
 * @param sizes as stored, before any turning; empty if no header says one
 */
public record SplitSurvey(
    int pictures,
    List<Integer> perClass,
    Map<PictureKind, Integer> kinds,
    Map<Finding, Integer> findings,
    Optional<SizeRange> sizes) {
  /** Sides below this are called tiny: less than the smallest pictures of the paper. */
  public static final int TINY = 32;

  /** Sides above this are called huge: they cost more to decode than to learn from. */
  public static final int HUGE = 8_000;

  /** Copies what it is given. */
  public SplitSurvey {
    perClass = List.copyOf(perClass);
    kinds = sorted(PictureKind.class, kinds);
    findings = sorted(Finding.class, findings);
  }

  private static <K extends Enum<K>> Map<K, Integer> sorted(Class<K> type, Map<K, Integer> counts) {
    Map<K, Integer> copy = new EnumMap<>(type);
    copy.putAll(counts);
    return Collections.unmodifiableMap(copy);
  }

  /**
   * Pictures of which something was found.
   *
   * @param finding what
   * @return how many
   */
  public int count(Finding finding) {
    return findings.getOrDefault(finding, 0);
  }
}
