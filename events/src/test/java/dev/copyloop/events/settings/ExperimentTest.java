package dev.copyloop.events.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ExperimentTest {

  private static Experiment experiment(String share, String effect, String alpha) {
    return new Experiment(
        "welcome",
        Instant.EPOCH,
        new BigDecimal(share),
        "unique_clicks",
        new BigDecimal(effect),
        new BigDecimal(alpha),
        5_000);
  }

  @Test
  void decimalsThatTablesDoNotKeepAreRounded() {
    Experiment third = experiment("0.33333333", "0.10000049", "0.0500005");

    assertThat(third.controlShare()).isEqualTo("0.333333");
    assertThat(third.minimumDetectableEffect()).isEqualTo("0.100000");
    assertThat(third.alpha()).isEqualTo("0.050000");
    assertThat(experiment("0.5", "1", "0.05").controlShare()).isEqualTo("0.5");
  }

  @Test
  void whatNoTableHoldsIsRefused() {
    assertThatThrownBy(() -> experiment("0.5", "0.1", "0.0000001"))
        .hasMessageContaining("alpha 0.000000");
    assertThatThrownBy(() -> experiment("0.9999999", "0.1", "0.05"))
        .hasMessageContaining("control share 1.000000");
    assertThatThrownBy(() -> experiment("0.5", "1e15", "0.05"))
        .hasMessageContaining("minimum detectable effect 1E+15");
  }
}
