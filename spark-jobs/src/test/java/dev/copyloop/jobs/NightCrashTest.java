package dev.copyloop.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.copyloop.jobs.attribute.journey.SampleSettings;
import dev.copyloop.jobs.compact.LandedNights;
import dev.copyloop.jobs.lake.CommitHook;
import dev.copyloop.jobs.publish.PublishJob;
import dev.copyloop.jobs.publish.PublishResult;
import dev.copyloop.jobs.run.Job;
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

/** A whole night that dies at any commit, and is run again, ends like one that did not. */
@Tag("long")
class NightCrashTest {
  private static final String KILLED = "killed";

  /** It dies at one of so many commits; {@code -Dcopyloop.crash.every=1} is the long run. */
  private static final int EVERY = Integer.getInteger("copyloop.crash.every", 5);

  @TempDir private Path folder;

  /** Dies before the n-th commit, or never. */
  private static final class Death implements CommitHook {
    private final int at;
    private final List<String> points = new ArrayList<>();

    Death(int at) {
      this.at = at;
    }

    @Override
    public void before(String table) {
      points.add(table);
      if (points.size() == at) {
        throw new IllegalStateException(KILLED);
      }
    }

    @Override
    public void after(String table) {}
  }

  static void night(RunContext run) throws IOException {
    for (Job job : Main.night()) {
      run.run(job);
    }
  }

  @Test
  @Tag("case-5-kill-points")
  void endsAlikeWhereverItDiesAndReadersNeverSeeHalfOfIt() throws IOException {
    Path prepared = folder.resolve("prepared");
    LandedNights landings = new LandedNights(prepared).land(20);
    night(lake(prepared).run());
    Map<String, String> firstNight = LakeHashes.of(lake(prepared).run().published());
    landings.land(20);

    TestLake undisturbed = lakeOf(prepared, "undisturbed");
    Death never = new Death(-1);
    night(undisturbed.run(TimeRange.ALL, never));
    Map<String, String> expected = LakeHashes.of(undisturbed.run().published());
    assertThat(never.points).contains("events", "deliveries", "daily_metrics", "_published");

    for (int point = 1; point <= never.points.size(); point += EVERY) {
      TestLake lake = lakeOf(prepared, "dies-" + point);
      RunContext dying = lake.run(TimeRange.ALL, new Death(point));
      assertThatThrownBy(() -> night(dying)).hasMessageContaining(KILLED);
      assertThat(LakeHashes.of(lake.run().published())).isEqualTo(firstNight);

      night(lake.run());
      assertThat(LakeHashes.of(lake.run().published()))
          .as("after dying before %s", never.points.get(point - 1))
          .isEqualTo(expected);
      delete(folder.resolve("dies-" + point));
    }
    RunContext again = undisturbed.run();
    night(again);
    assertThat(((PublishResult) again.run(new PublishJob())).changed()).isEmpty();
  }

  private static TestLake lake(Path path) throws IOException {
    return TestLake.in(path, SampleSettings.plain());
  }

  private TestLake lakeOf(Path prepared, String name) throws IOException {
    Path copy = folder.resolve(name);
    for (Path file : files(prepared)) {
      Path target = copy.resolve(prepared.relativize(file));
      Files.createDirectories(target.getParent());
      Files.copy(file, target);
    }
    return lake(copy);
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile).toList();
    }
  }

  private static void delete(Path folder) throws IOException {
    for (Path file : files(folder)) {
      Files.delete(file);
    }
  }
}
