package dev.copyloop.landing.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.copyloop.events.landing.Source;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StoredReceiptTest {
  private static final StoredReceipt RECEIPT =
      new StoredReceipt(
          Instant.parse("2026-01-02T03:04:05.678Z"),
          Map.of(
              Source.CIO, new ObjectDigest("a".repeat(64), 3, 1),
              Source.GENERATE, new ObjectDigest("b".repeat(64), 4, 1)));

  @Test
  void aReceiptIsReadBack() {
    assertThat(StoredReceipt.parse(RECEIPT.text())).isEqualTo(RECEIPT);
  }

  @Test
  void everyCutOfAReceiptThatLosesAnythingIsAnError() {
    String text = RECEIPT.text();
    for (int length = 0; length < text.length(); length++) {
      String cut = text.substring(0, length);
      assertThatThrownBy(() -> StoredReceipt.parse(cut))
          .as(cut)
          .isInstanceOf(IllegalArgumentException.class);
    }
  }
}
