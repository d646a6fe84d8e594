package dev.copyloop.events.lake;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * Where everything but the landings lies in the bucket. All paths are relative to the bucket's
 * root; a folder ends in a slash.
 */
public final class LakeLayout {
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("uuuu/MM/dd", Locale.ROOT);
  private static final DateTimeFormatter HOUR =
      DateTimeFormatter.ofPattern("uuuu/MM/dd/HH", Locale.ROOT).withZone(ZoneOffset.UTC);

  private LakeLayout() {}

  /** The folder of a Delta table. */
  public static String table(String name) {
    return "lake/" + name + "/";
  }

  /** What a stage remembers of what it has computed. */
  public static String progress(String stage) {
    return "lake/_progress/" + stage + ".json";
  }

  /** The folder of all runs' results. */
  public static final String RUNS = "runs/";

  /** The typed result of one job of one run. */
  public static String runResult(String runId, String job) {
    return RUNS + runId + "/" + job + ".json";
  }

  /** The settings that a run read, by the SHA-256 of their bytes. */
  public static String settings(String sha256) {
    return "settings/" + sha256 + ".json";
  }

  /** The folder of the published states. */
  public static final String PUBLISHED = "_published/";

  /** What readers read: the {@code n}th published state. */
  public static String published(long n) {
    return String.format(Locale.ROOT, "%s%020d.json", PUBLISHED, n);
  }

  /** Every file that an org drops for the batch is below this prefix. */
  public static final String INBOX = "inbox/";

  /** Where an org drops files of its own events, at any depth. */
  public static String inbox(String org) {
    return INBOX + org + "/";
  }

  /** What became of a dropped file, beside it. */
  public static String inboxResult(String file) {
    return file + INBOX_RESULT;
  }

  /** How the name of every result beside a dropped file ends. */
  public static final String INBOX_RESULT = ".result.json";

  /** The default prefix of an org's exports. */
  public static String exports(String org) {
    return "exports/" + org + "/";
  }

  /** What is remembered of a dataset of an org's exports, so that only changed days are read. */
  public static String exportState(String org, String dataset) {
    return "export-state/" + org + "/" + dataset + ".json";
  }

  /** How late events arrived, by day and org. */
  public static final String LATENESS = "export-state/lateness.json";

  /** One UTC hour of an hourly export, below the org's prefix. */
  public static String exportHour(String dataset, Instant hour) {
    return dataset + "/" + HOUR.format(hour) + "/";
  }

  /** One day of a daily export, or the folder above a day's hours, below the org's prefix. */
  public static String exportDay(String dataset, LocalDate day) {
    return dataset + "/" + DAY.format(day) + "/";
  }

  /** The manifest's name in every export partition and above a day's hours. */
  public static final String MANIFEST = "_manifest.json";

  /**
   * A data file's name in an export partition.
   *
   * @param number from 0; there is more than one only of a partition above the limit
   * @param format the ending, such as {@code parquet}
   */
  public static String exportPart(int number, String format) {
    return String.format(Locale.ROOT, "part-%05d.%s", number, format);
  }
}
