package dev.copyloop.stack.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.copyloop.stack.replay.ReplayListener;
import dev.copyloop.stack.replay.ReplayRequest;
import dev.copyloop.stack.replay.ReplayStep;
import dev.copyloop.stack.supervise.StackState;
import dev.copyloop.stack.trial.HillstromFile;
import dev.copyloop.stack.trial.HillstromReplay;
import dev.copyloop.stack.trial.HillstromRow;
import dev.copyloop.stack.trial.TrialTotals;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class KilledServingTest {
  private static final int ROUNDS = 20;
  private static final int ROWS = 6000;

  @TempDir Path folder;

  @Test
  void nothingAcknowledgedIsLostAndTheFiguresAreThoseOfAnUndisturbedRun() throws Exception {
    var rows = IntStream.rangeClosed(1, ROWS).mapToObj(KilledServingTest::row).toList();
    Instant end = Instant.now().truncatedTo(ChronoUnit.HOURS);
    HillstromDemo source = new HillstromDemo(rows, new HillstromReplay(42, end));
    try (TestStack stack = new TestStack(folder)) {
      stack.replay(source, stack.create(source, "calm"));
      Killer killer = new Killer(stack);
      stack.replay(source, stack.create(source, "killed"), killer);
      assertThat(killer.kills).hasValue(ROUNDS);
      assertThat(killer.acknowledged).hasSizeGreaterThan(2 * ROWS);
      assertThat(stack.landedIds("killed")).containsAll(killer.acknowledged);

      stack.night(source, "killed");
      Map<String, JsonNode> killed = stack.figures("killed");
      Map<String, JsonNode> calm = stack.figures("calm");
      TrialTotals.of(rows)
          .arms()
          .forEach(
              (key, arm) -> {
                assertSame(killed.get(key), calm.get(key));
                assertThat(killed.get(key).get("sends").longValue()).isEqualTo(arm.sends());
                assertThat(killed.get(key).at("/rules/0/value").decimalValue())
                    .isEqualByComparingTo(arm.value());
              });
    }
  }

  private static void assertSame(JsonNode killed, JsonNode calm) {
    for (String figure :
        new String[] {"generations", "sends", "delivered", "clicks", "conversions"}) {
      assertThat(killed.get(figure)).as(figure).isEqualTo(calm.get(figure));
    }
    assertThat(killed.get("rules")).isEqualTo(calm.get("rules"));
  }

  private static HillstromRow row(int number) {
    SplittableRandom random = new SplittableRandom(number);
    Map<String, String> attrs =
        HillstromFile.ATTRS.stream()
            .collect(Collectors.toMap(name -> name, name -> "value " + random.nextInt(100)));
    boolean bought = random.nextInt(10) == 0;
    Optional<String> variant =
        switch (random.nextInt(3)) {
          case 0 -> Optional.of("mens");
          case 1 -> Optional.of("womens");
          default -> Optional.empty();
        };
    BigDecimal spend = BigDecimal.valueOf(bought ? random.nextLong(100, 50_000) : 0, 2);
    return new HillstromRow(number, attrs, variant, bought || random.nextBoolean(), bought, spend);
  }

  /** Kills serving again and again while the replay runs, and remembers what was acknowledged. */
  private static final class Killer implements ReplayListener {
    private final TestStack stack;
    private final Set<String> acknowledged = ConcurrentHashMap.newKeySet();
    private final AtomicInteger finished = new AtomicInteger();
    private final AtomicInteger kills = new AtomicInteger();

    Killer(TestStack stack) {
      this.stack = stack;
    }

    @Override
    public void acknowledged(ReplayRequest request, String answer) {
      acknowledged.add(request.id());
    }

    @Override
    public void finished(ReplayStep step) {
      int due = finished.incrementAndGet() * (ROUNDS + 1) / ROWS;
      int done = kills.get();
      if (due > done && done < ROUNDS && kills.compareAndSet(done, done + 1)) {
        kill();
      }
    }

    private void kill() {
      try {
        StackState.read(stack.home()).orElseThrow().components().stream()
            .filter(component -> component.name().equals("serving"))
            .flatMap(component -> component.process().running().stream())
            .forEach(ProcessHandle::destroyForcibly);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
