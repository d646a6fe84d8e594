package dev.copyloop.landing.store;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** The object storage, as far as the landing needs it. Thread-safe. */
public interface ObjectStore extends AutoCloseable {

  /**
   * Creates an object from a file, never overwriting one. A refused or unanswered attempt is
   * resolved by comparing {@code digest} with the digest of what is there.
   */
  StoreOutcome create(String key, Path content, ObjectDigest digest);

  /** As {@link #create(String, Path, ObjectDigest)}, from memory. */
  StoreOutcome create(String key, byte[] content, ObjectDigest digest);

  /**
   * The digest of an object; empty if there is no such object.
   *
   * @throws IOException if the store does not answer, or the object has no digest
   */
  Optional<ObjectDigest> find(String key) throws IOException;

  /**
   * Writes a small object, replacing one of that name.
   *
   * @throws IOException if the store does not confirm it
   */
  void replace(String key, byte[] content) throws IOException;

  @Override
  void close();
}
