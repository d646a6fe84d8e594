package dev.copyloop.jobs.compact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.copyloop.events.landing.LandingLine;
import dev.copyloop.jobs.lake.CommitHook;
import dev.copyloop.jobs.lake.QuarantineTable;
import dev.copyloop.jobs.run.RunContext;
import dev.copyloop.jobs.run.TestLake;
import dev.copyloop.jobs.run.TimeRange;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A night that dies at any commit, and is run again, ends like one that did not. */
class CompactCrashTest {
  @TempDir private Path folder;

  /** Dies at the n-th commit point, before and after each commit. */
  private static final class Death implements CommitHook {
    private final int at;
    private int points;

    Death(int at) {
      this.at = at;
    }

    @Override
    public void before(String table) {
      point(table);
    }

    @Override
    public void after(String table) {
      point(table);
    }

    private void point(String table) {
      points++;
      if (points == at) {
        throw new IllegalStateException("killed at commit point " + at + " of " + table);
      }
    }
  }

  @Test
  void endsAlikeWhenItDiesAfterEvents() throws IOException {
    diesAt(6, prepared());
  }

  @Tag("slow")
  @Test
  @Tag("case-5-kill-points")
  void endsAlikeWhereverItDies() throws IOException {
    Scenario scenario = prepared();
    int points = pointsOf(scenario);
    assertThat(points).isGreaterThanOrEqualTo(10);
    for (int point = 1; point <= points; point++) {
      diesAt(point, scenario);
    }
  }

  /** A lake with one batch consumed and a second one landed, which changes rows of the first. */
  private record Scenario(Path lake, List<LandingLine> lines) {}

  private Scenario prepared() throws IOException {
    Path lake = folder.resolve("prepared");
    Landings landings = new Landings(lake);
    History history = new History(42);
    List<LandingLine> lines = history.lines(80);
    List<List<LandingLine>> objects = history.objects(lines);
    int half = objects.size() / 2;
    objects.subList(0, half).forEach(landings::put);
    TestLake.in(lake).run().run(new CompactJob());
    objects.subList(half, objects.size()).forEach(landings::put);
    landings.put(List.of(Lines.webhook("bad", Lines.NOON, "{}")));
    return new Scenario(lake, lines);
  }

  private int pointsOf(Scenario scenario) throws IOException {
    Death never = new Death(-1);
    lakeOf(scenario, "alive").run(TimeRange.ALL, never).run(new CompactJob());
    return never.points;
  }

  private void diesAt(int point, Scenario scenario) throws IOException {
    TestLake lake = lakeOf(scenario, "dies-" + point);
    RunContext dying = lake.run(TimeRange.ALL, new Death(point));
    assertThatThrownBy(() -> dying.run(new CompactJob())).hasMessageContaining("killed");

    lake.run().run(new CompactJob());

    RunContext run = lake.run();
    assertThat(LakeContent.events(run)).isEqualTo(Model.events(scenario.lines()));
    assertThat(LakeContent.generations(run)).isEqualTo(Model.generations(scenario.lines()));
    assertThat(LakeContent.quarantine(run)).containsExactly("cio missing_member");
    Map<String, List<Long>> ledger = LakeContent.ledger(run);
    assertThat(ledger.get("cio").get(4)).isEqualTo(1);
    CompactOrderTest.assertReconciled(ledger, run, scenario.lines().size() + 1);
    long batches = run.tables().read(QuarantineTable.SPEC).select("batch_id").distinct().count();
    assertThat(batches).isEqualTo(1);
  }

  private TestLake lakeOf(Scenario scenario, String name) throws IOException {
    Path copy = folder.resolve(name);
    List<Path> files = new ArrayList<>();
    try (Stream<Path> all = Files.walk(scenario.lake())) {
      all.filter(Files::isRegularFile).forEach(files::add);
    }
    for (Path file : files) {
      Path target = copy.resolve(scenario.lake().relativize(file));
      Files.createDirectories(target.getParent());
      Files.copy(file, target);
    }
    return TestLake.in(copy);
  }
}
