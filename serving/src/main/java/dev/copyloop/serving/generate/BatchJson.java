package dev.copyloop.serving.generate;

import dev.copyloop.serving.generate.BatchGenerateEndpoint.Outcome;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Writes the answer of batch-generate: {@code {"results":[…]}} with one item per request, in their
 * order: {@code {"status":200,"answer":{…}}}, with a {@code warning} where there is one, or {@code
 * {"status":404,"problem":{…}}}.
 */
final class BatchJson {
  private BatchJson() {}

  static byte[] write(List<Outcome> outcomes, String instance) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(1024 * outcomes.size());
    String separator = "{\"results\":[";
    for (Outcome outcome : outcomes) {
      text(out, separator);
      outcome.prepared().ifPresent(prepared -> answered(out, prepared));
      outcome
          .problem()
          .ifPresent(
              problem -> {
                text(out, "{\"status\":" + problem.kind().status() + ",\"problem\":");
                out.writeBytes(problem.json(instance));
              });
      text(out, "}");
      separator = ",";
    }
    text(out, "]}");
    return out.toByteArray();
  }

  private static void answered(ByteArrayOutputStream out, Prepared prepared) {
    text(out, "{\"status\":200,");
    // The warning is a text of ours without anything to escape.
    prepared.warning().ifPresent(warning -> text(out, "\"warning\":\"" + warning + "\","));
    text(out, "\"answer\":");
    out.writeBytes(prepared.answer());
  }

  private static void text(ByteArrayOutputStream out, String text) {
    out.writeBytes(text.getBytes(StandardCharsets.UTF_8));
  }
}
