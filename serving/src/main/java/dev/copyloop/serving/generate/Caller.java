package dev.copyloop.serving.generate;

import dev.copyloop.serving.access.StoredKey;
import dev.copyloop.serving.settings.CompiledOrg;
import java.util.Optional;

/**
 * Who calls generate.
 *
 * @param idempotencyKey the ESP's, equal for a call and its retries
 */
record Caller(CompiledOrg org, StoredKey key, Optional<String> idempotencyKey) {

  /** The caller of one request of a batch: its retries come at the same position. */
  Caller at(int position) {
    return idempotencyKey.isEmpty()
        ? this
        : new Caller(org, key, idempotencyKey.map(header -> header + "#" + position));
  }
}
