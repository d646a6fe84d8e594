package dev.copyloop.jobs.run;

import java.net.URI;
import java.nio.file.Path;

/** Where the settings document is read from. */
public sealed interface SettingsSource {

  /** The view {@code copyloop.settings_document} of a {@code postgresql://} database. */
  record Database(URI url) implements SettingsSource {
    @Override
    public String toString() {
      String port = url.getPort() < 0 ? "" : ":" + url.getPort();
      return "postgresql://" + url.getHost() + port + url.getPath();
    }
  }

  /** A file that holds the document. */
  record File(Path path) implements SettingsSource {
    @Override
    public String toString() {
      return path.toString();
    }
  }

  /** Neither: a job that needs settings fails. */
  record None() implements SettingsSource {
    @Override
    public String toString() {
      return "no settings";
    }
  }
}
