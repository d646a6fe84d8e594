package dev.copyloop.jobs.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReportTest {

  private static final EngagementFigures NO_OPENS = new EngagementFigures(0L, 0, 0, 0, 0);

  private static CopyFigures hillstromMens() {
    RuleFigures purchase =
        new RuleFigures(
            "purchase",
            1,
            "USD",
            new BigDecimal("267.000000"),
            267,
            new BigDecimal("30311.690000"),
            267,
            new BigDecimal("30311.690000"),
            267,
            Rate.of(267, 21_307));
    return new CopyFigures(
        "11111111-1111-4111-8111-111111111111",
        "mens",
        "treatment",
        21_307,
        21_307,
        21_307,
        21_307,
        0,
        0,
        21_307L,
        NO_OPENS,
        new EngagementFigures(3_894L, 3_894, 0, 0, 3_894),
        267,
        0,
        0,
        0,
        Rate.of(21_307, 21_307),
        Rate.of(0, 21_307),
        Rate.of(3_894, 21_307),
        Rate.of(267, 21_307),
        List.of(purchase));
  }

  private static Report report() {
    return new Report(
        "demo",
        List.of(new TemplateFigures("hillstrom_mail", List.of(hillstromMens()))),
        Map.of("unknown_action", 3L),
        new Reconciliation(21_310, 21_307, 0, 3, 21_307, 0),
        List.of(LocalDate.of(2026, 11, 1), LocalDate.of(2026, 11, 12)),
        "s3a://copyloop/exports/demo/",
        List.of("import duckdb"));
  }

  @Test
  void tableShowsFiguresRatesAndValueWithin120Columns() {
    List<String> lines = ReportTable.lines(report());

    assertThat(lines).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(120));
    assertThat(lines).anyMatch(line -> line.contains("18.28% [17.76, 18.80]"));
    assertThat(lines).anyMatch(line -> line.contains("30,311.69 ") && line.contains("USD"));
    assertThat(lines).contains("unattributed: unknown_action 3");
    assertThat(lines)
        .anyMatch(line -> line.contains("2 days between 2026-11-01 and 2026-11-12 were computed"));
    assertThat(lines)
        .anyMatch(line -> line.contains("21,310 deliveries = 21,307 treatment + 0 control"));
  }
}
