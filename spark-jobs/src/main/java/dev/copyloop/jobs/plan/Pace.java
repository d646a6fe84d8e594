package dev.copyloop.jobs.plan;

import com.fasterxml.jackson.databind.JsonNode;
import dev.copyloop.events.json.Json;
import dev.copyloop.events.lake.LakeLayout;
import dev.copyloop.jobs.lake.Publication;
import dev.copyloop.jobs.lake.Publications;
import dev.copyloop.jobs.run.Bucket;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How fast runs are here: by what the last published run took for its lines, else by what a laptop
 * takes.
 *
 * @param secondsPerLine of all jobs together
 */
record Pace(double secondsPerLine) {
  private static final Duration START = Duration.ofSeconds(20);
  private static final Pace OF_A_LAPTOP = new Pace(60e-6);
  private static final long FEW_LINES = 10_000;
  private static final List<String> JOBS = List.of("compact", "attribute", "metrics");

  static Pace of(Bucket bucket) throws IOException {
    Optional<Publication> last = new Publications(bucket).latest();
    if (last.isEmpty()) {
      return OF_A_LAPTOP;
    }
    double seconds = 0;
    long lines = 0;
    for (String job : JOBS) {
      Optional<byte[]> result = bucket.read(LakeLayout.runResult(last.get().runId(), job));
      if (result.isPresent()) {
        JsonNode json = Json.mapper().readTree(result.get());
        seconds += json.path("seconds").asDouble();
        for (JsonNode source : json.path("result").path("sources")) {
          lines += source.path("landed").asLong();
        }
      }
    }
    return lines < FEW_LINES ? OF_A_LAPTOP : new Pace(seconds / lines);
  }

  /** How long a run over so many lines or rows takes. */
  Duration time(long lines) {
    return START.plusSeconds(Math.round(lines * secondsPerLine));
  }
}
