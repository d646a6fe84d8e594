package dev.copyloop.serving.settings;

import dev.copyloop.serving.observe.ServingMetrics;
import dev.copyloop.serving.observe.ServingMetrics.LoadResult;
import dev.copyloop.serving.secrets.SecretBox;
import java.io.IOException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes settings that were read: compiles them, makes them {@link CurrentSettings}, keeps them in
 * the file, and tells how that went. PostgreSQL being away, and settings that don't compile, keep
 * what is there. Thread-safe as long as one load runs at a time.
 */
final class SettingsIntake {
  private static final Logger LOG = LoggerFactory.getLogger(SettingsIntake.class);

  private final SecretBox secrets;
  private final SnapshotFile file;
  private final CurrentSettings current;
  private final ServingMetrics metrics;
  private final String origin;
  private volatile boolean reachable = true;
  private volatile long refusedVersion = -1;

  /**
   * @param origin the PostgreSQL they come from, without its secrets
   */
  SettingsIntake(
      SecretBox secrets,
      SnapshotFile file,
      CurrentSettings current,
      ServingMetrics metrics,
      String origin) {
    this.secrets = secrets;
    this.file = file;
    this.current = current;
    this.metrics = metrics;
    this.origin = origin;
  }

  /** Takes those that an earlier process kept in the file. */
  void takeOfFile() {
    try {
      Optional<SettingsDocuments> documents = file.read();
      if (documents.isPresent()) {
        Snapshot snapshot = documents.get().compile(secrets, Optional.empty());
        current.takeOfFile(snapshot);
        LOG.info("Serving by version {} of the settings from the file", snapshot.version());
      }
    } catch (IOException | RuntimeException e) {
      LOG.error("Cannot take the settings from the file: waiting for PostgreSQL", e);
    }
  }

  /** Takes those of PostgreSQL. */
  void take(SettingsDocuments documents) {
    if (!reachable) {
      LOG.info("PostgreSQL at {} answers again", origin);
      reachable = true;
    }
    try {
      current.takeOfPostgres(documents.compile(secrets, current.snapshot()));
      metrics.settingsLoaded(LoadResult.LOADED);
      write(documents);
    } catch (IOException | RuntimeException e) {
      refused(documents, e);
    }
  }

  private void write(SettingsDocuments documents) {
    try {
      file.write(documents);
    } catch (IOException e) {
      LOG.error("Cannot write the settings file: a start without PostgreSQL would be older", e);
    }
  }

  private void refused(SettingsDocuments documents, Exception failure) {
    metrics.settingsLoaded(LoadResult.INVALID);
    current.settle();
    refusedVersion = documents.version();
    LOG.error(
        "Cannot use version {} of the settings: still serving by version {}",
        refusedVersion,
        currentVersion(),
        failure);
  }

  /** Goes on with what is there: PostgreSQL does not answer. */
  void unreachable(Throwable failure) {
    metrics.settingsLoaded(LoadResult.UNREACHABLE);
    current.settle();
    if (reachable) {
      reachable = false;
      LOG.warn(
          "Cannot reach PostgreSQL at {}: serving by version {} of the settings: {}",
          origin,
          currentVersion(),
          failure.toString());
    }
  }

  /** Whether a version is neither the current one nor was refused. */
  boolean isNew(long version) {
    return version != refusedVersion && version != currentVersion();
  }

  private long currentVersion() {
    return current.snapshot().map(Snapshot::version).orElse(-1L);
  }
}
