package dev.copyloop.jobs.run;

import dev.copyloop.events.lake.LakeLayout;
import dev.copyloop.events.settings.Settings;
import dev.copyloop.events.settings.SettingsJson;
import dev.copyloop.jobs.hash.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** Reads the settings once per run and keeps what was read beside the results. */
public final class SettingsReader {
  private static final String QUERY = "SELECT document::text FROM copyloop.settings_document";

  private SettingsReader() {}

  /** Settings and the SHA-256 under which they are stored. */
  record Stored(Settings settings, String sha256) {}

  static Stored read(SettingsSource source, Bucket bucket) throws IOException {
    Settings settings = SettingsJson.read(document(source));
    byte[] canonical = SettingsJson.write(settings).getBytes(StandardCharsets.UTF_8);
    String sha256 = Sha256.hex(canonical);
    bucket.write(LakeLayout.settings(sha256), canonical);
    return new Stored(settings, sha256);
  }

  /**
   * The settings as of now, stored nowhere.
   *
   * @throws JobException if none are configured or the database can't be read
   */
  public static Settings current(SettingsSource source) throws IOException {
    return SettingsJson.read(document(source));
  }

  private static String document(SettingsSource source) {
    if (source instanceof SettingsSource.File file) {
      return text(file.path());
    }
    if (source instanceof SettingsSource.Database database) {
      return query(database);
    }
    throw JobException.usage(
        "Missing settings: set --database (or COPYLOOP_PG_URL) or --settings FILE");
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw JobException.usage(
          "Cannot read settings from %s: name a file in UTF-8 that this user may read (%s)"
              .formatted(file, e.getClass().getSimpleName()));
    }
  }

  /** One statement, hence one snapshot of the database. */
  private static String query(SettingsSource.Database database) {
    try (Connection connection = Database.connect(database);
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(QUERY)) {
      if (!rows.next()) {
        throw JobException.usage("Cannot read settings from " + database + ": the view is empty");
      }
      return rows.getString(1);
    } catch (SQLException e) {
      throw JobException.failed(
          "Cannot read settings from " + database + ": check that it runs and was migrated", e);
    }
  }
}
