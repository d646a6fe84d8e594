package dev.copyloop.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.copyloop.jobs.attribute.journey.SampleEvent;
import dev.copyloop.jobs.attribute.journey.SampleGeneration;
import dev.copyloop.jobs.attribute.journey.SampleSettings;
import dev.copyloop.jobs.report.CopyFigures;
import dev.copyloop.jobs.report.Report;
import dev.copyloop.jobs.report.ReportJob;
import dev.copyloop.jobs.report.RuleFigures;
import dev.copyloop.jobs.run.TestLake;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The trial of two mails and no mail, scaled down: person n clicks if 3 divides n, buys if 5. */
class HillstromNightTest {

  private static final Instant START = Instant.parse("2026-11-03T23:00:00Z");

  @TempDir private Path folder;

  private final List<SampleEvent> events = new ArrayList<>();
  private final List<SampleGeneration> generations = new ArrayList<>();

  private void addPerson(int n, String copyId) {
    Instant at = START.plusSeconds(60L * n);
    String user = "h-" + n;
    String journey = "journey-" + n;
    String action = copyId == null ? "1002" : "1001";
    if (copyId != null) {
      generations.add(SampleGeneration.of(copyId, journey, user, at).with("forced", true));
    }
    List<SampleEvent> own = new ArrayList<>();
    own.add(SampleEvent.email("d-" + n, "sent", at.plusSeconds(2)));
    own.add(SampleEvent.email("d-" + n, "delivered", at.plusSeconds(3)));
    if (n % 3 == 0) {
      own.add(SampleEvent.email("d-" + n, "clicked", at.plusSeconds(20)));
    }
    if (n % 5 == 0) {
      own.add(SampleEvent.email("d-" + n, "converted", at.plusSeconds(40)));
      events.add(
          SampleEvent.own("p-" + n, "purchase", user, at.plusSeconds(41)).worth("29.99", "USD"));
    }
    own.forEach(event -> events.add(event.journey(journey, action, user)));
  }

  @Test
  void reportShowsTheTrialsExactTotals() throws Exception {
    for (int n = 0; n < 90; n++) {
      addPerson(n, n % 3 == 0 ? SampleSettings.MENS : n % 3 == 1 ? SampleSettings.WOMENS : null);
    }
    TestLake lake = TestLake.in(folder, SampleSettings.plain());
    Night.land(lake, events, generations);
    Night.run(lake);

    Report report = (Report) lake.run().run(new ReportJob("acme", List.of()));

    Map<String, CopyFigures> copies = new TreeMap<>();
    report.templates().get(0).copies().forEach(copy -> copies.put(copy.name(), copy));
    assertThat(copies).containsOnlyKeys("control", "mens", "womens");
    assertFigures(copies.get("mens"), 30, 30, 6, "179.94");
    assertFigures(copies.get("womens"), 30, 0, 6, "179.94");
    assertFigures(copies.get("control"), 0, 0, 6, "179.94");
    assertThat(report.unattributed()).isEmpty();
    assertThat(report.reconciliation().deliveries()).isEqualTo(90);
  }

  private static void assertFigures(
      CopyFigures copy, long generations, long clicks, long conversions, String value) {
    assertThat(copy.generations()).isEqualTo(generations);
    assertThat(copy.assigned()).isEqualTo(30);
    assertThat(copy.sends()).isEqualTo(30);
    assertThat(copy.delivered()).isEqualTo(30);
    assertThat(copy.clicks().unique()).isEqualTo(clicks);
    assertThat(copy.clicks().unknown()).isEqualTo(clicks);
    assertThat(copy.conversions()).isEqualTo(conversions);
    assertThat(copy.rules()).hasSize(1);
    RuleFigures purchase = copy.rules().get(0);
    assertThat(purchase.events()).isEqualByComparingTo(BigDecimal.valueOf(conversions));
    assertThat(purchase.persons()).isEqualTo(conversions);
    assertThat(purchase.value()).isEqualByComparingTo(value);
    assertThat(purchase.liftEvents()).isEqualTo(conversions);
  }
}
