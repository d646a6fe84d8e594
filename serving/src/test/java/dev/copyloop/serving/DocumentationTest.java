package dev.copyloop.serving;

import static org.assertj.core.api.Assertions.assertThat;

import dev.copyloop.events.config.ConfigReader;
import dev.copyloop.landing.LandingConfig;
import dev.copyloop.landing.ObjectLandingConfig;
import dev.copyloop.landing.store.S3StoreConfig;
import dev.copyloop.serving.observe.RegisteredMetrics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class DocumentationTest {
  private static final Path DOCS = Path.of("..", "docs");
  private static final Pattern KEY = Pattern.compile("(?m)^\\| `([a-z][a-z0-9.-]+)` \\|");
  private static final Pattern METRIC =
      Pattern.compile("(?m)^\\| `(copyloop_\\w+)` \\| [\\w, ]*\\|");

  @Test
  void everyDocumentedKeyIsRead() throws IOException {
    Map<String, String> values = new TreeMap<>();
    documented(KEY, "configuration.md").forEach(key -> values.put(key, sample(key)));
    ConfigReader config = ConfigReader.of(values, Map.of());
    ServingConfig.read(config);
    LandingConfig.read(config);
    ObjectLandingConfig.read(config);
    S3StoreConfig.read(config);
    config.rejectUnknown();
    assertThat(values).hasSizeGreaterThan(30);
  }

  @Test
  void everyMetricIsDocumentedAndEveryDocumentedOneExists() throws IOException {
    assertThat(documented(METRIC, "metrics.md")).isEqualTo(RegisteredMetrics.names());
  }

  private static Set<String> documented(Pattern row, String page) throws IOException {
    Matcher rows = row.matcher(Files.readString(DOCS.resolve(page)));
    Set<String> names = new TreeSet<>();
    while (rows.find()) {
      names.add(rows.group(1));
    }
    return names;
  }

  /** A valid value of each kind of key. */
  private static String sample(String key) {
    String leaf = key.substring(key.lastIndexOf('.') + 1);
    return switch (leaf) {
      case "port", "unverified-per-second", "memory" -> "1000";
      case "largest-body", "largest-batch", "whole-body", "budget", "size", "arriving-bytes" ->
          "8MiB";
      case "poll", "delay", "timeout", "age", "retention", "interval", "grace" -> "7s";
      case "patience" -> "7s";
      case "puts" -> "4";
      case "durability" -> "object";
      case "head-timeout", "body-timeout", "idle-timeout", "connect-timeout", "request-timeout" ->
          "7s";
      case "allow-volatile", "path-style" -> "true";
      case "url" -> "postgresql://user:password@localhost:5432/name";
      case "endpoint" -> "http://localhost:9000";
      default -> "a-text-that-is-long-enough";
    };
  }
}
