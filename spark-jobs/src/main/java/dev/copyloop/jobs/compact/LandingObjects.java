package dev.copyloop.jobs.compact;

import dev.copyloop.events.landing.LandingKey;
import dev.copyloop.jobs.run.Bucket;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/** The landing objects of a bucket. */
final class LandingObjects {
  private LandingObjects() {}

  /**
   * All of them by key. Where an object was rewritten, such as to erase a person, its latest
   * revision stands under the key of the original, which the ledger knows.
   */
  static Map<String, LandingObject> list(Bucket bucket) throws IOException {
    Map<String, LandingObject> objects = new HashMap<>();
    bucket.list(
        LandingKey.PREFIX,
        entry -> {
          String key = LandingKey.original(entry.key());
          LandingKey.parse(key)
              .map(landing -> LandingObject.of(landing, key, entry.key(), entry.bytes()))
              .ifPresent(object -> objects.merge(key, object, LandingObjects::later));
        });
    return objects;
  }

  private static LandingObject later(LandingObject one, LandingObject other) {
    return LandingKey.revision(one.address()) >= LandingKey.revision(other.address()) ? one : other;
  }
}
