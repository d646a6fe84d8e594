package dev.copyloop.serving.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class UnverifiedBudgetTest {
  @Test
  void aBurstIsTakenThenAsManyAsTheRateGives() {
    AtomicLong nanos = new AtomicLong();
    UnverifiedBudget budget = new UnverifiedBudget(2, nanos::get);
    assertThat(taken(budget, "acme", 100)).isEqualTo(20);
    assertThat(taken(budget, "other", 100)).isEqualTo(20);
    nanos.addAndGet(Duration.ofSeconds(3).toNanos());
    assertThat(taken(budget, "acme", 100)).isEqualTo(6);
    nanos.addAndGet(Duration.ofHours(1).toNanos());
    assertThat(taken(budget, "acme", 100)).isEqualTo(20);
  }

  @Test
  void aRateOfZeroTakesNothing() {
    assertThat(taken(new UnverifiedBudget(0, () -> 0), "acme", 10)).isZero();
  }

  private static int taken(UnverifiedBudget budget, String org, int attempts) {
    int taken = 0;
    for (int i = 0; i < attempts; i++) {
      taken += budget.take(org) ? 1 : 0;
    }
    return taken;
  }
}
