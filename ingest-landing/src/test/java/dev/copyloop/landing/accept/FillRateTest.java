package dev.copyloop.landing.accept;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class FillRateTest {
  private static final long SEGMENT = 64_000;

  private long now = TimeUnit.DAYS.toNanos(1);
  private final FillRate rate = new FillRate(() -> now);

  @Test
  void isMeasuredOnceASecond() {
    now += TimeUnit.MILLISECONDS.toNanos(999);
    assertThat(rate.measured(5_000)).isFalse();
    now += TimeUnit.MILLISECONDS.toNanos(1);
    assertThat(rate.measured(5_000)).isTrue();
    assertThat(rate.bytesIn(Duration.ofMinutes(1))).isEqualTo(300_000);
    assertThat(rate.measured(5_000)).isFalse();
  }

  @Test
  void aSegmentIsWorthPreparingIfItLastsTenSeconds() {
    assertThat(rate.isCalm(SEGMENT)).isTrue();
    now += TimeUnit.SECONDS.toNanos(1);
    assertThat(rate.measured(6_500)).isTrue();
    assertThat(rate.isCalm(SEGMENT)).isFalse();
    now += TimeUnit.SECONDS.toNanos(2);
    assertThat(rate.measured(6_500 + 12_800)).isTrue();
    assertThat(rate.isCalm(SEGMENT)).isTrue();
  }
}
