package dev.copyloop.events.landing;

import java.time.Instant;
import java.util.Objects;
import java.util.UUID;

/**
 * How far one writer has come; the content of {@link LandingKey#writerMark}.
 *
 * @param sealedThrough every line it received before this time is in object storage, and it will
 *     receive none before it any more
 * @param publishedAt when it said so; a live writer says it every minute or more often
 */
public record WriterMark(
    UUID writer, long epoch, Instant sealedThrough, Instant publishedAt, State state) {

  public WriterMark {
    Objects.requireNonNull(writer, "writer");
    Objects.requireNonNull(sealedThrough, "sealedThrough");
    Objects.requireNonNull(publishedAt, "publishedAt");
    Objects.requireNonNull(state, "state");
  }

  /** Whether more is to be expected of a writer. */
  public enum State {
    /** Its process runs, or was killed. */
    LIVE,
    /** It stopped with all it had in object storage. */
    DRAINED
  }
}
