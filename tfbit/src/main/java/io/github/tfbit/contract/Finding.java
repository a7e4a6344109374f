package io.github.tfbit.contract;

import java.util.Objects;

/**
 * What was found of one rule.
 *
 * @param rule the rule
 * @param outcome whether it is kept
 * @param found what was found, or why it was not looked at
 */
public record Finding(Rule rule, Outcome outcome, String found) {
  /** Refuses nulls. */
  public Finding {
    Objects.requireNonNull(rule, "rule");
    Objects.requireNonNull(outcome, "outcome");
    Objects.requireNonNull(found, "found");
  }
}
