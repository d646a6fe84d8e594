package dev.copyloop.jobs.inbox;

import java.io.Serializable;

/**
 * How the taking of a file ended.
 *
 * @param result null if it failed, or the file changed meanwhile
 * @param failure why it failed; null if it did not
 */
public record FileOutcome(FileResult result, String failure) implements Serializable {
  private static final long serialVersionUID = 1L;
}
