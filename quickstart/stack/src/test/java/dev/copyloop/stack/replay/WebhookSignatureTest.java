package dev.copyloop.stack.replay;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;

class WebhookSignatureTest {
  /** The second test vector of the project's Customer.io reference: not only ASCII. */
  private static final String BODY =
      "{\"data\":{\"action_id\":4201,\"campaign_id\":23,\"customer_id\":\"u-00001\",\"delivery_id\":\"ZAIAAVTJVG0QcCok0-0ZKj6yiQ==\",\"identifiers\":{\"id\":\"u-00001\"},\"journey_id\":\"01GW20GXAAXBKZD8J96M8FNV3R\",\"recipient\":\"p1@example.test\",\"subject\":\"Café ☃\"},\"event_id\":\"01E4C4CT6YDC7Y5M7FE1GWWPQJ\",\"metric\":\"sent\",\"object_type\":\"email\",\"timestamp\":1760000000}";

  @Test
  void signsLikeCustomerIo() {
    Authentication signature =
        new WebhookSignature(
            "test-signing-key", InstantSource.fixed(Instant.ofEpochSecond(1_760_000_000)));
    assertThat(signature.headers(BODY.getBytes(UTF_8)))
        .containsEntry("X-CIO-Timestamp", "1760000000")
        .containsEntry(
            "X-CIO-Signature", "328c8c6dbf6432332d97c196dd820690a7d5b5055dbb3fc31220468662cc5e0a");
  }
}
