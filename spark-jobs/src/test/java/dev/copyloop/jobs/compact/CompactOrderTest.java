package dev.copyloop.jobs.compact;

import static org.assertj.core.api.Assertions.assertThat;

import dev.copyloop.events.landing.LandingLine;
import dev.copyloop.jobs.run.RunContext;
import dev.copyloop.jobs.run.TestLake;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Shuffled, split, merged, late, landed twice, run often or once: equal tables. */
class CompactOrderTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(longs = 1)
  @Tag("case-1-order-and-split")
  void givesEqualTablesInAnyOrder(long seed) throws IOException {
    compactsToTheModel(seed, 60);
  }

  @Tag("slow")
  @ParameterizedTest
  @ValueSource(longs = {2, 3, 4})
  void givesEqualTablesInManyOrders(long seed) throws IOException {
    compactsToTheModel(seed, 150);
  }

  private void compactsToTheModel(long seed, int count) throws IOException {
    History history = new History(seed);
    List<LandingLine> lines = history.lines(count);
    List<List<LandingLine>> objects = history.objects(lines);
    Landings landings = new Landings(folder);
    TestLake lake = TestLake.in(folder);
    for (int i = 0; i < objects.size(); i++) {
      landings.put(objects.get(i));
      boolean last = i == objects.size() - 1;
      if (last || history.below(objects.size()) < 2) {
        lake.run().run(new CompactJob());
      }
    }

    RunContext run = lake.run();
    assertThat(LakeContent.events(run)).isEqualTo(Model.events(lines));
    assertThat(LakeContent.generations(run)).isEqualTo(Model.generations(lines));
    assertReconciled(LakeContent.ledger(run), run, lines.size());
  }

  static void assertReconciled(Map<String, List<Long>> ledger, RunContext run, int landed) {
    long lines = 0;
    for (List<Long> each : ledger.values()) {
      lines += each.get(0);
      assertThat(each.get(0)).isEqualTo(each.get(1) + each.get(2) + each.get(3) + each.get(4));
    }
    assertThat(lines).isEqualTo(landed);
    long kept = ledger.values().stream().mapToLong(each -> each.get(1)).sum();
    assertThat(kept)
        .isEqualTo(LakeContent.events(run).size() + LakeContent.generations(run).size());
  }
}
