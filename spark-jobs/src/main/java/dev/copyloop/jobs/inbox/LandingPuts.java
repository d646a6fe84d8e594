package dev.copyloop.jobs.inbox;

import dev.copyloop.jobs.run.Bucket;
import dev.copyloop.jobs.run.ConditionalPut;
import java.io.IOException;
import java.util.Optional;

/** Where the objects of a dropped file go. */
interface LandingPuts {

  /**
   * Creates an object; one that is there already with the same content is a success.
   *
   * @throws IOException if the storage fails, or another content has its name
   */
  void put(LandingContent object) throws IOException;

  /** Puts into the bucket. */
  static LandingPuts into(Bucket bucket) {
    ConditionalPut puts = new ConditionalPut(bucket);
    return object -> {
      ConditionalPut.Outcome outcome = puts.create(object.key(), object.bytes(), object.metadata());
      if (outcome == ConditionalPut.Outcome.REFUSED) {
        requireSame(puts.metadata(object.key(), LandingContent.SHA256), object);
      }
    };
  }

  private static void requireSame(Optional<String> sha256, LandingContent object)
      throws IOException {
    if (sha256.isPresent() && !sha256.get().equals(object.sha256())) {
      throw new IOException(
          ("Cannot land %s: the bucket has it with another content (sha256 %s, not %s). Another"
                  + " release took this file before and was interrupted: drop it under a new name")
              .formatted(object.key(), sha256.get(), object.sha256()));
    }
  }
}
