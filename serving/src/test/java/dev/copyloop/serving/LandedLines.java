package dev.copyloop.serving;

import dev.copyloop.embedded.Fixtures;
import dev.copyloop.embedded.S3Server;
import dev.copyloop.events.landing.LandingKey;
import dev.copyloop.events.landing.LandingLine;
import dev.copyloop.events.landing.LandingLineJson;
import dev.copyloop.events.landing.Source;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;

/** What is in a bucket's landing objects. */
final class LandedLines {
  private LandedLines() {}

  static List<LandingLine> of(String bucket, Source source) {
    List<LandingLine> lines = new ArrayList<>();
    S3Server storage = Fixtures.storage();
    storage
        .keys(bucket, LandingKey.PREFIX + source.label() + "/")
        .forEach(key -> read(storage.read(bucket, key), lines));
    return lines;
  }

  private static void read(byte[] object, List<LandingLine> lines) {
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(new ByteArrayInputStream(object)), StandardCharsets.UTF_8))) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        lines.add(LandingLineJson.read(line.getBytes(StandardCharsets.UTF_8)));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
