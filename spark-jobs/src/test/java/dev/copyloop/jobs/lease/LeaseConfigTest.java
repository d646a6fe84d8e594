package dev.copyloop.jobs.lease;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.copyloop.jobs.run.SettingsSource;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LeaseConfigTest {
  @Test
  void hasDefaults() {
    assertThat(LeaseConfig.NONE.database()).isEmpty();
    assertThat(LeaseConfig.NONE.time()).isEqualTo(Duration.ofMinutes(2));
    assertThat(LeaseConfig.NONE.patience()).isZero();
    assertThat(DatabaseLease.acquire(LeaseConfig.NONE, "a", "a test")).isSameAs(Lease.NONE);
  }

  @Test
  void takesEveryKeyAndHidesThePassword() {
    LeaseConfig config =
        new LeaseConfig(
            Optional.of(
                new SettingsSource.Database(URI.create("postgresql://u:secret@db:5432/copyloop"))),
            Duration.ofSeconds(30),
            Duration.ofHours(2));
    assertThat(config.time()).isEqualTo(Duration.ofSeconds(30));
    assertThat(config.patience()).isEqualTo(Duration.ofHours(2));
    assertThat(config.toString()).contains("db:5432/copyloop").doesNotContain("secret");
  }

  @Test
  void refusesATimeTooShortToRenew() {
    assertThatThrownBy(
            () -> new LeaseConfig(Optional.empty(), Duration.ofMillis(999), Duration.ZERO))
        .hasMessageContaining("lease time PT0.999S: expected 1s or more");
  }
}
