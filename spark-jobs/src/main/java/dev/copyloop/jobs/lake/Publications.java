package dev.copyloop.jobs.lake;

import dev.copyloop.events.lake.LakeLayout;
import dev.copyloop.jobs.run.Bucket;
import java.io.IOException;
import java.util.Optional;
import java.util.TreeSet;

/** The published states of a lake. */
public final class Publications {
  /** What a {@link CommitHook} is told when a state is published. */
  public static final String POINT = "_published";

  private final Bucket bucket;

  public Publications(Bucket bucket) {
    this.bucket = bucket;
  }

  /** The state that readers read; empty if nothing was published yet. */
  public Optional<Publication> latest() throws IOException {
    TreeSet<String> keys = new TreeSet<>();
    bucket.list(LakeLayout.PUBLISHED, entry -> keys.add(entry.key()));
    if (keys.isEmpty()) {
      return Optional.empty();
    }
    byte[] json =
        bucket
            .read(keys.last())
            .orElseThrow(() -> new IOException("Cannot read " + keys.last() + ": it is gone"));
    return Optional.of(Publication.read(json));
  }

  /**
   * Publishes a state.
   *
   * @throws IOException if another one has taken its number, or the storage fails
   */
  public void add(Publication publication) throws IOException {
    String key = LakeLayout.published(publication.number());
    if (!bucket.create(key, publication.json())) {
      throw new IOException("Cannot publish %s: another run did. Run publish again".formatted(key));
    }
  }
}
