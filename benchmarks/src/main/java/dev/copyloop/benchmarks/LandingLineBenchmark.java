package dev.copyloop.benchmarks;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.copyloop.events.json.Json;
import dev.copyloop.events.json.StrictJson;
import dev.copyloop.events.landing.LandedBody;
import dev.copyloop.events.landing.LandingLine;
import dev.copyloop.events.landing.LandingLineBuffer;
import dev.copyloop.events.landing.LandingLineJson;
import dev.copyloop.events.landing.Source;
import dev.copyloop.events.landing.Verification;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What one webhook of 1 KiB costs from its bytes to its landing line and back; the baseline is what
 * a general tree codec takes to read the same body.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class LandingLineBenchmark {
  private static final ObjectMapper TREES = Json.mapper();

  private final byte[] body = webhookBody();
  private final LandingLine line =
      new LandingLine(
          "01E4C4CT6YDC7Y5M7FE1GWWPQJ",
          "demo",
          Source.CIO,
          1_760_000_000_123L,
          Verification.VERIFIED,
          Optional.of("Production"),
          Map.of("x-cio-timestamp", "1760000000", "x-cio-signature", "c0".repeat(32)),
          new LandedBody.Json(body));
  private final LandingLineBuffer buffer = new LandingLineBuffer();
  private final byte[] written = LandingLineJson.write(line);

  private static byte[] webhookBody() {
    String padding = "x".repeat(600);
    return """
        {"event_id":"01E4C4CT6YDC7Y5M7FE1GWWPQJ","object_type":"email","metric":"sent",\
        "timestamp":1760000000,"data":{"action_id":4201,"campaign_id":23,"customer_id":"u-00001",\
        "delivery_id":"ZAIAAVTJVG0QcCok0-0ZKj6yiQ==","identifiers":{"id":"u-00001"},\
        "journey_id":"01GW20GXAAXBKZD8J96M8FNV3R","recipient":"p1@example.test",\
        "subject":"Thanks for joining","content":"%s"}}"""
        .formatted(padding)
        .getBytes(StandardCharsets.UTF_8);
  }

  /** The baseline. */
  @Benchmark
  public Object treeOfTheBody() throws IOException {
    return TREES.readTree(body);
  }

  /** What serving does to know that a body can stand verbatim, and its event id. */
  @Benchmark
  public Object scanOfTheBody() {
    return StrictJson.scan(body, "event_id");
  }

  /** What the landing does per line. */
  @Benchmark
  public byte[] writeLine() {
    buffer.clear();
    buffer.add(line);
    return buffer.bytes();
  }

  /** What the batch does per line before it looks into the body. */
  @Benchmark
  public Object readLine() throws IOException {
    return LandingLineJson.read(written);
  }
}
