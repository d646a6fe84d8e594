package dev.copyloop.serving.settings;

import dev.copyloop.serving.http.ProblemException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/** The snapshot that requests are answered by at this moment. Thread-safe. */
public final class CurrentSettings {
  private final AtomicReference<Snapshot> snapshot = new AtomicReference<>();

  /** The snapshot; empty until one was loaded. */
  public Optional<Snapshot> snapshot() {
    return Optional.ofNullable(snapshot.get());
  }

  void replace(Snapshot newer) {
    snapshot.set(newer);
  }

  /**
   * An org of the snapshot.
   *
   * @throws ProblemException 503 if nothing was loaded yet, 404 if there is no such org
   */
  public CompiledOrg org(String slug) {
    Snapshot current = snapshot.get();
    if (current == null) {
      throw ProblemException.unavailable("The settings are not loaded yet: try again", 1);
    }
    CompiledOrg org = current.orgs().get(slug);
    if (org == null) {
      throw ProblemException.notFound("There is no such org: check the last part of the URL");
    }
    return org;
  }
}
