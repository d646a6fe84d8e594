package dev.copyloop.benchmarks.serving;

import dev.copyloop.benchmarks.load.RequestSource;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Signed reporting webhooks of 1 KiB with the head: a thousand of them, over and over. */
final class WebhookRequests implements RequestSource {
  private static final int DISTINCT = 1000;
  private static final long TIMESTAMP = 1_790_000_000L;
  private static final String BODY =
      """
      {"event_id":"01E4C4CT6YDC7Y5M7FE1%06d","object_type":"email","metric":"clicked",\
      "timestamp":%d,"data":{"action_id":4201,"broadcast_id":0,"campaign_id":23,\
      "content_id":1146,"customer_id":"user-%06d","delivery_id":"ZAIAAVTJVG0QcCok0-0ZKj6yiQ==",\
      "identifiers":{"cio_id":"03000001","email":"person%06d@example.test","id":"user-%06d"},\
      "journey_id":"01GW20GXAAXBKZD8J96M8FNV3R","parent_action_id":4198,\
      "recipient":"person%06d@example.test","href":"https://example.test/spring?utm_source=cio",\
      "link_id":7,"machine":false,"subject":"Hello Annegret, offer 4"}}\
      """;
  private static final String HEAD =
      """
      POST /api/webhook/cio/%s HTTP/1.1\r
      Host: copy.example.test\r
      User-Agent: Customer.io Web Hooks 1.0 (customer.io)\r
      Content-Type: application/json\r
      Accept-Encoding: gzip\r
      X-CIO-Timestamp: %d\r
      X-CIO-Signature: %s\r
      Content-Length: %d\r
      \r
      """;

  private final byte[][] requests = new byte[DISTINCT][];
  private int next;

  WebhookRequests(BenchmarkOrg org) {
    for (int i = 0; i < DISTINCT; i++) {
      String body = BODY.formatted(i, TIMESTAMP, i, i, i, i);
      String head =
          HEAD.formatted(org.slug(), TIMESTAMP, signature(org.signingKey(), body), body.length());
      requests[i] = (head + body).getBytes(StandardCharsets.US_ASCII);
    }
  }

  private static String signature(String key, String body) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      byte[] signed = ("v0:" + TIMESTAMP + ":" + body).getBytes(StandardCharsets.UTF_8);
      return HexFormat.of().formatHex(mac.doFinal(signed));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java platform has HmacSHA256", e);
    }
  }

  @Override
  public void next(ByteBuffer out) {
    out.put(requests[next]);
    next = (next + 1) % DISTINCT;
  }
}
