package io.github.tfbit.contract;

import io.github.tfbit.checkpoints.Problem;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** What was found so far. */
final class Findings {
  private static final int NAMED = 3;

  private final Map<Rule, Finding> byRule = new EnumMap<>(Rule.class);

  void pass(Rule rule, String found) {
    put(rule, Outcome.PASS, found);
  }

  void fail(Rule rule, String found) {
    put(rule, Outcome.FAIL, found);
  }

  void skip(Rule rule, String why) {
    put(rule, Outcome.NOT_APPLICABLE, why);
  }

  /** Broken if there are faults, the first few of which are named. */
  void judge(Rule rule, Collection<String> faults, String good) {
    if (faults.isEmpty()) {
      pass(rule, good);
      return;
    }
    List<String> named = faults.stream().limit(NAMED).map(Problem::shown).toList();
    String more = faults.size() > NAMED ? "; and " + (faults.size() - NAMED) + " more" : "";
    fail(rule, String.join("; ", named) + more);
  }

  private void put(Rule rule, Outcome outcome, String found) {
    byRule.put(rule, new Finding(rule, outcome, found));
  }

  boolean broken(Rule... rules) {
    for (Rule rule : rules) {
      Finding f = byRule.get(rule);
      if (f != null && f.outcome() == Outcome.FAIL) {
        return true;
      }
    }
    return false;
  }

  /** Every rule's; those that were not looked at say why. */
  List<Finding> all(String notLookedAt) {
    List<Finding> all = new ArrayList<>();
    for (Rule rule : Rule.values()) {
      all.add(byRule.getOrDefault(rule, new Finding(rule, Outcome.NOT_APPLICABLE, notLookedAt)));
    }
    return all;
  }
}
