package dev.copyloop.benchmarks.serving;

import dev.copyloop.benchmarks.load.RequestSource;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Calls of generate as Customer.io's webhook action sends them, 1 KiB with the head: each for
 * another person and journey, so that none is a retry.
 */
final class GenerateRequests implements RequestSource {
  /** Across all sources: two loads of one run must not send the same journeys. */
  private static final AtomicLong BLOCKS = new AtomicLong();

  private static final String NUMBER = "0000000000";
  private static final long BLOCK = 10_000_000;
  private static final String BODY =
      """
      {"template_id":"%s","user_id":"user-0000000000","tracking_id":"01HJOURNEY0000000000",\
      "attrs":{"plan":"Pro","country":"DE","city":"Berlin","age":42,"language":"de",\
      "lifetime_value":1234.50,"newsletter":true,"segment":"returning","source":"spring sale",\
      "device":"ios","last_order":"2026-08-30"},"fields":{"first_name":"Annegret",\
      "last_name":"Musterfrau","city":"Berlin","company":{"name":"Example GmbH","size":120},\
      "points":1820,"favourite":"running shoes"}}\
      """;
  private static final String HEAD =
      """
      POST /api/generate/%s HTTP/1.1\r
      Host: copy.example.test\r
      User-Agent: Customer.io Journeys Webhook\r
      Content-Type: application/json\r
      Accept-Encoding: gzip\r
      X-Api-Key: %s\r
      Content-Length: %d\r
      \r
      """;

  private final byte[] request;
  private final int userAt;
  private final int journeyAt;
  private long number = BLOCKS.getAndIncrement() * BLOCK;

  GenerateRequests(BenchmarkOrg org) {
    String body = BODY.formatted(BenchmarkOrg.TEMPLATE);
    String text = HEAD.formatted(org.slug(), org.apiKey(), body.length()) + body;
    this.request = text.getBytes(StandardCharsets.US_ASCII);
    this.userAt = text.indexOf(NUMBER);
    this.journeyAt = text.indexOf(NUMBER, userAt + NUMBER.length());
  }

  @Override
  public void next(ByteBuffer out) {
    long rest = number++;
    for (int i = NUMBER.length() - 1; i >= 0; i--) {
      byte digit = (byte) ('0' + rest % 10);
      request[userAt + i] = digit;
      request[journeyAt + i] = digit;
      rest /= 10;
    }
    out.put(request);
  }
}
