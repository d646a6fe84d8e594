package dev.copyloop.serving.settings;

import dev.copyloop.serving.http.ProblemException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/** The snapshot that requests are answered by at this moment. Thread-safe. */
public final class CurrentSettings {
  private final AtomicReference<Snapshot> snapshot = new AtomicReference<>();
  private volatile boolean ofPostgres;
  private volatile boolean settled;

  /** The snapshot; empty until one was loaded. */
  public Optional<Snapshot> snapshot() {
    return Optional.ofNullable(snapshot.get());
  }

  /**
   * Whether they are as new as can be had since the start: those of PostgreSQL, or those of the
   * file after PostgreSQL did not answer.
   */
  public boolean settled() {
    return settled && snapshot.get() != null;
  }

  /** Takes those of the file, which may be old. */
  void takeOfFile(Snapshot kept) {
    snapshot.set(kept);
  }

  /** Takes those of PostgreSQL. */
  void takeOfPostgres(Snapshot newer) {
    snapshot.set(newer);
    ofPostgres = true;
    settled = true;
  }

  /** Goes on with what is there: PostgreSQL does not answer. */
  void settle() {
    settled = true;
  }

  /**
   * An org of the snapshot.
   *
   * @throws ProblemException 503 if nothing was loaded yet, or only what an earlier process left,
   *     which a newer org is not in; 404 if there is no such org
   */
  public CompiledOrg org(String slug) {
    Snapshot current = snapshot.get();
    if (current == null) {
      throw ProblemException.unavailable("The settings are not loaded yet: try again", 1);
    }
    CompiledOrg org = current.orgs().get(slug);
    if (org == null && !ofPostgres) {
      throw ProblemException.unavailable(
          "The settings are those of the last run, and do not have this org: try again", 1);
    }
    if (org == null) {
      throw ProblemException.notFound("There is no such org: check the last part of the URL");
    }
    return org;
  }
}
