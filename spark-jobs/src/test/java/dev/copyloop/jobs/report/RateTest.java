package dev.copyloop.jobs.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class RateTest {

  /** The example of Newcombe (1998), table I: 81 of 263. */
  @Test
  void agreesWithThePublishedExample() {
    Rate rate = Rate.of(81, 263);

    assertThat(rate.low()).isCloseTo(0.2553, within(0.0001));
    assertThat(rate.high()).isCloseTo(0.3662, within(0.0001));
  }

  @Test
  void staysInsideZeroAndOne() {
    assertThat(Rate.of(0, 20).low()).isZero();
    assertThat(Rate.of(0, 20).high()).isCloseTo(0.1611, within(0.0001));
    assertThat(Rate.of(20, 20).high()).isEqualTo(1);
  }

  @Test
  void hasNoValueWithoutTrials() {
    assertThat(Rate.of(0, 0)).isNull();
  }
}
