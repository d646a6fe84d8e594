package dev.copyloop.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The cases in which pipelines of events are known to go wrong. Each has a test somewhere in this
 * project that carries its name as a tag.
 */
class CasesTest {
  private static final Pattern TAG = Pattern.compile("@Tag\\(\"(case-[a-z0-9-]+)\"\\)");

  @Test
  void eachHasATest() throws IOException {
    assertThat(tagged())
        .containsExactlyInAnyOrder(
            "case-1-order-and-split",
            "case-2-increments-make-the-whole",
            "case-3-seam",
            "case-4-hour-edge",
            "case-5-kill-points",
            "case-6-two-writers",
            "case-7-stray-row",
            "case-8-empty-day",
            "case-9-absurd-times",
            "case-10-store-refuses",
            "case-11-sigterm",
            "case-12-rerun-after-failed-audit",
            "case-13-rule-change",
            "case-14-schema-drift",
            "case-15-window-boundaries");
  }

  private static SortedSet<String> tagged() throws IOException {
    TreeSet<String> tags = new TreeSet<>();
    for (String module : new String[] {"events", "ingest-landing", "serving", "spark-jobs"}) {
      try (Stream<Path> files = Files.walk(Path.of("..", module, "src", "test", "java"))) {
        for (Path file : files.filter(each -> each.toString().endsWith("Test.java")).toList()) {
          Matcher tag = TAG.matcher(Files.readString(file));
          while (tag.find()) {
            tags.add(tag.group(1));
          }
        }
      }
    }
    return tags;
  }
}
