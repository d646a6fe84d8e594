package dev.copyloop.events.config;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * Typed access to a component's keys, {@code component.group.leaf-with-hyphens}.
 *
 * <p>A key is looked up in the environment first, as {@code COPYLOOP_} and the key in upper case
 * with underscores, then in the given values. {@link #rejectUnknown} then fails on every given key
 * that nobody asked for. Values never appear in messages, since some are secret. Not thread-safe.
 */
public final class ConfigReader {
  private final Map<String, String> values;
  private final Map<String, String> environment;
  private final Set<String> asked = new HashSet<>();

  private ConfigReader(Map<String, String> values, Map<String, String> environment) {
    this.values = values;
    this.environment = environment;
  }

  /** Reads from the values, overridden by the environment's variables. */
  public static ConfigReader of(Map<String, String> values, Map<String, String> environment) {
    return new ConfigReader(new TreeMap<>(values), Map.copyOf(environment));
  }

  /**
   * Reads from a properties file, UTF-8, overridden by this process's environment.
   *
   * @throws IOException if the file can't be read
   */
  public static ConfigReader ofFile(Path file) throws IOException {
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(file)) {
      properties.load(reader);
    }
    Map<String, String> values = new TreeMap<>();
    properties.stringPropertyNames().forEach(key -> values.put(key, properties.getProperty(key)));
    return of(values, System.getenv());
  }

  /** The environment variable that overrides a key. */
  public static String environmentName(String key) {
    return "COPYLOOP_" + key.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
  }

  /** The key's text; empty if it is absent or blank. */
  public Optional<String> text(String key) {
    asked.add(key);
    String value = environment.getOrDefault(environmentName(key), values.get(key));
    return Optional.ofNullable(value).map(String::strip).filter(text -> !text.isEmpty());
  }

  /**
   * The key's text.
   *
   * @throws IllegalArgumentException if it is absent
   */
  public String requiredText(String key) {
    return text(key)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "Missing setting %s: set it in the file or as %s"
                        .formatted(key, environmentName(key))));
  }

  /** A whole number. */
  public int integer(String key, int defaultValue) {
    return parsed(key, defaultValue, Integer::valueOf, "a whole number");
  }

  /** A size such as {@code 8MiB}. */
  public DataSize size(String key, DataSize defaultValue) {
    return parsed(key, defaultValue, DataSize::parse, "a size such as 8MiB");
  }

  /** A duration: {@code 250ms}, {@code 5s}, {@code 2m}, {@code 1h}, {@code 7d}. */
  public Duration duration(String key, Duration defaultValue) {
    return parsed(key, defaultValue, ConfigReader::parseDuration, "a duration such as 250ms or 5s");
  }

  /** Any other type, by its own parser, which throws {@link IllegalArgumentException}. */
  public <T> T parsed(String key, T defaultValue, Function<String, T> parser, String expected) {
    Optional<String> text = text(key);
    if (text.isEmpty()) {
      return defaultValue;
    }
    try {
      return parser.apply(text.get());
    } catch (IllegalArgumentException | DateTimeParseException | ArithmeticException e) {
      throw new IllegalArgumentException(
          "Invalid setting %s: expected %s".formatted(key, expected), e);
    }
  }

  /**
   * Fails if a value was given that nobody asked for: most often a misspelled or retired key.
   *
   * @throws IllegalArgumentException naming those keys
   */
  public void rejectUnknown() {
    Set<String> unknown = new TreeSet<>(values.keySet());
    unknown.removeAll(asked);
    if (!unknown.isEmpty()) {
      throw new IllegalArgumentException(
          "Unknown settings %s: remove them or correct their names".formatted(unknown));
    }
  }

  /**
   * Reads a duration: {@code 250ms}, {@code 5s}, {@code 2m}, {@code 1h}, {@code 7d}.
   *
   * @throws IllegalArgumentException if it is anything else
   */
  public static Duration parseDuration(String text) {
    int unit = 0;
    while (unit < text.length() && Character.isDigit(text.charAt(unit))) {
      unit++;
    }
    long count = Long.parseLong(text.substring(0, unit));
    return switch (text.substring(unit).strip()) {
      case "ms" -> Duration.ofMillis(count);
      case "s" -> Duration.ofSeconds(count);
      case "m" -> Duration.ofMinutes(count);
      case "h" -> Duration.ofHours(count);
      case "d" -> Duration.ofDays(count);
      default -> throw new IllegalArgumentException("Unknown unit");
    };
  }
}
