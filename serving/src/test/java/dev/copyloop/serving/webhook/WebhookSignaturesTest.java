package dev.copyloop.serving.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.copyloop.serving.settings.Credentials.SigningKey;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class WebhookSignaturesTest {
  private static final String KEY =
      "755781b5e03a973f3405a85474d5a032a60fd56fabaad66039b12eadd83955fa";
  private static final String BODY =
      "{\"data\":{\"action_id\":42,\"campaign_id\":23,\"content\":\"Welcome to the club, we are with you.\",\"customer_id\":\"user-123\",\"delivery_id\":\"RAECAAFwnUSneIa0ZXkmq8EdkAM==\",\"headers\":{\"Custom-Header\":[\"custom-value\"]},\"identifiers\":{\"id\":\"user-123\"},\"recipient\":\"test@example.com\",\"subject\":\"Thanks for signing up\"},\"event_id\":\"01E2EMRMM6TZ12TF9WGZN0WJQT\",\"metric\":\"sent\",\"object_type\":\"email\",\"timestamp\":1692633432}";
  private static final String SIGNATURE =
      "c097b83a7d57a0810625180a61213eab7e0389a54b33dd11c3a6f17790c8427a";

  private static Optional<String> verified(
      String key, String timestamp, String signature, String body) {
    WebhookSignatures signatures =
        WebhookSignatures.of(
            List.of(
                new SigningKey("1", "acme", "Other", "another-key"),
                new SigningKey("2", "acme", "Production", key)));
    WebhookSignatures.Check check = signatures.check(timestamp, signature);
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    for (byte b : bytes) {
      check.update(new byte[] {b});
    }
    return check.workspace();
  }

  @Test
  void aSignatureMadeElsewhereVerifies() {
    assertThat(verified(KEY, "1692633432", SIGNATURE, BODY)).hasValue("Production");
  }

  @Test
  void aBodyBeyondAsciiVerifies() {
    String body =
        "{\"data\":{\"action_id\":4201,\"campaign_id\":23,\"customer_id\":\"u-00001\",\"delivery_id\":\"ZAIAAVTJVG0QcCok0-0ZKj6yiQ==\",\"identifiers\":{\"id\":\"u-00001\"},\"journey_id\":\"01GW20GXAAXBKZD8J96M8FNV3R\",\"recipient\":\"p1@example.test\",\"subject\":\"Café ☃\"},\"event_id\":\"01E4C4CT6YDC7Y5M7FE1GWWPQJ\",\"metric\":\"sent\",\"object_type\":\"email\",\"timestamp\":1760000000}";
    assertThat(
            verified(
                "test-signing-key",
                "1760000000",
                "328c8c6dbf6432332d97c196dd820690a7d5b5055dbb3fc31220468662cc5e0a",
                body))
        .hasValue("Production");
  }

  @Test
  void anythingElseDoesNot() {
    assertThat(verified(KEY, "1692633433", SIGNATURE, BODY)).isEmpty();
    assertThat(verified(KEY, "1692633432", "WRONG" + SIGNATURE.substring(5), BODY)).isEmpty();
    assertThat(verified(KEY, "1692633432", SIGNATURE.substring(2), BODY)).isEmpty();
    assertThat(verified(KEY, "1692633432", SIGNATURE, BODY + " ")).isEmpty();
    assertThat(verified(KEY + "0", "1692633432", SIGNATURE, BODY)).isEmpty();
    assertThat(verified(KEY, "1692633432", "", BODY)).isEmpty();
  }
}
