package dev.copyloop.jobs.attribute.preview;

import dev.copyloop.jobs.run.JobResult;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * What a rule would credit.
 *
 * @param currentVersion of the rule that holds; null if there is none of that name
 * @param copies by copy and currency; a copy key of null holds what no touch explains
 */
public record PreviewResult(
    String org, String ruleId, Integer currentVersion, int proposedVersion, List<Copy> copies)
    implements JobResult {

  public PreviewResult {
    copies = List.copyOf(copies);
  }

  /** A copy's figures by the rule that holds and by the proposed one. */
  public record Copy(
      String templateId,
      String arm,
      String copyKey,
      String currency,
      Figures current,
      Figures proposed) {}

  /**
   * What one rule credits to one copy.
   *
   * @param events the sum of credits, DECIMAL(20,6)
   * @param persons different people in the range
   */
  public record Figures(
      BigDecimal events, BigDecimal value, long persons, long liftEvents, BigDecimal liftValue) {

    static final Figures NONE =
        new Figures(BigDecimal.ZERO, BigDecimal.ZERO, 0, 0, BigDecimal.ZERO);
  }

  @Override
  public List<String> summary() {
    List<String> lines = new ArrayList<>();
    lines.add(
        "Rule %s of %s: version %s against the proposed %d. Nothing was changed."
            .formatted(
                ruleId, org, Objects.requireNonNullElse(currentVersion, "none"), proposedVersion));
    for (Copy copy : copies) {
      lines.add(
          "  %s %s %s %s: events %s -> %s, value %s -> %s, persons %,d -> %,d, lift events %,d -> %,d"
              .formatted(
                  Objects.requireNonNullElse(copy.templateId(), "no touch"),
                  copy.arm(),
                  copy.copyKey(),
                  Objects.requireNonNullElse(copy.currency(), "-"),
                  text(copy.current().events()),
                  text(copy.proposed().events()),
                  text(copy.current().value()),
                  text(copy.proposed().value()),
                  copy.current().persons(),
                  copy.proposed().persons(),
                  copy.current().liftEvents(),
                  copy.proposed().liftEvents()));
    }
    return lines;
  }

  private static String text(BigDecimal amount) {
    BigDecimal stripped = amount.stripTrailingZeros();
    return (stripped.scale() < 0 ? stripped.setScale(0) : stripped).toPlainString();
  }
}
