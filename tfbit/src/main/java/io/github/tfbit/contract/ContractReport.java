package io.github.tfbit.contract;

import java.nio.file.Path;
import java.util.List;

/**
 * What was found of every rule.
 *
 * @param directory the version that was looked at
 * @param findings one per rule, in the order of {@link Rule}
 */
public record ContractReport(Path directory, List<Finding> findings) {
  /** Copies the list. */
  public ContractReport {
    findings = List.copyOf(findings);
  }

  /**
   * Whether nothing is broken.
   *
   * @return true even where some rules are not applicable
   */
  public boolean passes() {
    return count(Outcome.FAIL) == 0;
  }

  /**
   * How many rules had an outcome.
   *
   * @param outcome to count
   * @return from 0
   */
  public int count(Outcome outcome) {
    return (int) findings.stream().filter(f -> f.outcome() == outcome).count();
  }

  /**
   * What was found of a rule.
   *
   * @param rule any
   * @return its finding
   */
  public Finding of(Rule rule) {
    return findings.stream().filter(f -> f.rule() == rule).findFirst().orElseThrow();
  }
}
