package dev.copyloop.stack.trial;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/** Kevin Hillstrom's e-mail trial as a CSV file, plain or gzip. */
public final class HillstromFile {
  /** What was known of a customer before the mail. */
  public static final List<String> ATTRS =
      List.of(
          "recency",
          "history_segment",
          "history",
          "mens",
          "womens",
          "zip_code",
          "newbie",
          "channel");

  private static final List<String> OUTCOMES = List.of("segment", "visit", "conversion", "spend");
  private static final int GZIP_MAGIC = 0x1f8b;

  private HillstromFile() {}

  /**
   * Reads all rows in the file's order.
   *
   * @throws IOException if it can't be read or is no such file; the message names the line
   */
  public static List<HillstromRow> read(Path file) throws IOException {
    try (Reader text = new InputStreamReader(open(file), StandardCharsets.UTF_8);
        CSVParser parser =
            CSVFormat.RFC4180.builder().setHeader().setSkipHeaderRecord(true).get().parse(text)) {
      checkColumns(file, parser.getHeaderNames());
      List<HillstromRow> rows = new ArrayList<>();
      for (CSVRecord line : parser) {
        rows.add(row(file, line));
      }
      return rows;
    }
  }

  private static InputStream open(Path file) throws IOException {
    BufferedInputStream bytes = new BufferedInputStream(Files.newInputStream(file));
    bytes.mark(2);
    int magic = bytes.read() << 8 | bytes.read();
    bytes.reset();
    return magic == GZIP_MAGIC ? new GZIPInputStream(bytes) : bytes;
  }

  private static void checkColumns(Path file, List<String> found) throws IOException {
    List<String> missing = new ArrayList<>(ATTRS);
    missing.addAll(OUTCOMES);
    missing.removeAll(found);
    if (!missing.isEmpty()) {
      throw new IOException(
          "Cannot replay %s: it has no columns %s; expected Hillstrom's e-mail trial"
              .formatted(file, missing));
    }
  }

  private static HillstromRow row(Path file, CSVRecord line) throws IOException {
    try {
      Map<String, String> attrs = new LinkedHashMap<>();
      ATTRS.forEach(name -> attrs.put(name, line.get(name)));
      return new HillstromRow(
          Math.toIntExact(line.getRecordNumber()),
          attrs,
          variant(line.get("segment")),
          flag(line.get("visit")),
          flag(line.get("conversion")),
          new BigDecimal(line.get("spend")));
    } catch (IllegalArgumentException e) {
      throw new IOException(
          "Cannot replay %s: row %d: %s".formatted(file, line.getRecordNumber(), e.getMessage()),
          e);
    }
  }

  private static Optional<String> variant(String segment) {
    return switch (segment) {
      case "Mens E-Mail" -> Optional.of("mens");
      case "Womens E-Mail" -> Optional.of("womens");
      case "No E-Mail" -> Optional.empty();
      default -> throw new IllegalArgumentException("unknown segment '" + segment + "'");
    };
  }

  private static boolean flag(String text) {
    return switch (text) {
      case "0" -> false;
      case "1" -> true;
      default -> throw new IllegalArgumentException("expected 0 or 1, not '" + text + "'");
    };
  }
}
