package io.github.tfbit;

import io.github.tfbit.Forecast.Reason;
import io.github.tfbit.data.ImageSize;
import io.github.tfbit.graph.Endpoint;
import io.github.tfbit.image.Flip;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Why a run is as it is: what BiT-HyperRule decided and what somebody changed. */
final class HyperRuleReasons {
  private HyperRuleReasons() {}

  static List<Reason> of(HyperRule rule, Optional<Endpoint> cut) {
    List<Reason> reasons = new ArrayList<>();
    rule.basis().ifPresent(b -> reasons.add(new Reason("data", size(b.data().examples()))));
    reasons.add(new Reason("schedule", schedule(rule)));
    reasons.add(new Reason("pictures", pictures(rule, cut)));
    reasons.add(new Reason("MixUp", mixUp(rule, cut)));
    return reasons;
  }

  private static String size(int n) {
    String pictures = String.format(Locale.ROOT, "%,d pictures: ", n);
    if (n < HyperRule.MEDIUM) {
      return pictures + String.format(Locale.ROOT, "small, below %,d", HyperRule.MEDIUM);
    }
    return n < HyperRule.LARGE
        ? pictures + String.format(Locale.ROOT, "medium, below %,d", HyperRule.LARGE)
        : pictures + String.format(Locale.ROOT, "large, from %,d on", HyperRule.LARGE);
  }

  private static String schedule(HyperRule rule) {
    List<Integer> s = rule.supports();
    String drops =
        s.subList(1, s.size() - 1).stream()
            .map(step -> String.format(Locale.ROOT, "%,d", step))
            .collect(Collectors.joining(", "));
    return String.format(
        Locale.ROOT,
        "%,d steps of %,d pictures%s; rate %s%s after a warm-up of %,d steps, a tenth of it after"
            + " each of %s",
        rule.steps(),
        rule.batch(),
        changed(rule, r -> r.steps() + " steps of " + r.batch()),
        rule.baseRate(),
        changed(rule, r -> String.valueOf(r.baseRate())),
        s.get(0),
        drops);
  }

  private static String pictures(HyperRule rule, Optional<Endpoint> cut) {
    String typical =
        rule.basis()
            .flatMap(b -> b.data().typical())
            .map(HyperRuleReasons::why)
            .orElse("sizes unknown, taken as 96 x 96 or more");
    String sizes =
        cut.isPresent()
            ? "resized to " + rule.augmentation().crop()
            : "resized to "
                + rule.augmentation().resize()
                + ", a random "
                + rule.augmentation().crop()
                + " of that"
                + (rule.augmentation().flip() == Flip.HORIZONTAL ? ", mirrored at random" : "");
    return sizes
        + changed(rule, r -> r.augmentation().resize() + ", " + r.augmentation().crop())
        + ": "
        + typical;
  }

  private static String why(ImageSize typical) {
    return "the typical one is "
        + typical.width()
        + " x "
        + typical.height()
        + (typical.area() < HyperRule.LOW_RESOLUTION_AREA
            ? ", below 96 x 96"
            : ", not below 96 x 96");
  }

  private static String mixUp(HyperRule rule, Optional<Endpoint> cut) {
    if (cut.isPresent()) {
      return "none: features are not mixed";
    }
    String alpha = rule.mixUpAlpha() == 0 ? "none" : "alpha " + rule.mixUpAlpha();
    return alpha
        + changed(rule, r -> r.mixUpAlpha() == 0 ? "none" : "alpha " + r.mixUpAlpha())
        + ": none below "
        + String.format(Locale.ROOT, "%,d", HyperRule.MEDIUM)
        + " pictures, "
        + HyperRule.MIX_UP_ALPHA
        + " from there on";
  }

  /** What the rule itself says, where somebody said something else. */
  private static String changed(HyperRule rule, Function<HyperRule, String> part) {
    return rule.basis()
        .map(b -> part.apply(b.rule()))
        .filter(own -> !own.equals(part.apply(rule)))
        .map(own -> " (the rule: " + own + ")")
        .orElse("");
  }
}
