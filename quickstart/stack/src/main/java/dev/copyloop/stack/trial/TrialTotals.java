package dev.copyloop.stack.trial;

import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The sums of a trial's rows by copy key: what must come out at the other end. */
public record TrialTotals(Map<String, Arm> arms) {
  /** The copy key of those who got no mail. */
  public static final String CONTROL = "control";

  public TrialTotals {
    arms = Map.copyOf(arms);
  }

  /** One copy's sums; {@code value} in USD. */
  public record Arm(long sends, long clicks, long conversions, BigDecimal value) {
    private static final Arm NONE = new Arm(0, 0, 0, BigDecimal.ZERO);

    private Arm plus(HillstromRow row) {
      return new Arm(
          sends + 1,
          clicks + (row.visited() ? 1 : 0),
          conversions + (row.converted() ? 1 : 0),
          value.add(row.converted() ? row.spend() : BigDecimal.ZERO));
    }
  }

  public static TrialTotals of(List<HillstromRow> rows) {
    Map<String, Arm> arms = new TreeMap<>();
    for (HillstromRow row : rows) {
      arms.compute(
          row.variant().orElse(CONTROL), (key, arm) -> (arm == null ? Arm.NONE : arm).plus(row));
    }
    return new TrialTotals(arms);
  }

  @Override
  public String toString() {
    return new TreeMap<>(arms)
        .entrySet().stream()
            .map(
                arm ->
                    String.format(
                        Locale.ROOT,
                        "  %-8s %,7d sends %,6d clicks %,5d conversions %,12.2f USD%n",
                        arm.getKey(),
                        arm.getValue().sends(),
                        arm.getValue().clicks(),
                        arm.getValue().conversions(),
                        arm.getValue().value()))
            .collect(Collectors.joining());
  }
}
