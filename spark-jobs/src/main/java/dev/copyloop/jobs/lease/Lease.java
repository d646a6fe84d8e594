package dev.copyloop.jobs.lease;

import dev.copyloop.jobs.run.JobException;
import java.util.OptionalLong;

/**
 * A run's turn to write the lake. Closing it gives it back: whoever closes it promises to write
 * nothing more. Thread-safe.
 */
public interface Lease extends AutoCloseable {

  /** The turn of a run without a database: nothing keeps others out, nothing is fenced. */
  Lease NONE =
      new Lease() {
        @Override
        public OptionalLong token() {
          return OptionalLong.empty();
        }

        @Override
        public boolean isTakenOver() {
          return false;
        }

        @Override
        public void check() {}

        @Override
        public void close() {}
      };

  /** The number of this turn, higher than that of every turn before; empty: there is no lease. */
  OptionalLong token();

  /**
   * Whether the turn before was not given back: its process died, hangs or sleeps, and may wake up
   * and write.
   */
  boolean isTakenOver();

  /**
   * Makes sure that the lease is still held.
   *
   * @throws JobException with the exit code of a busy lease if it is not
   */
  void check();

  @Override
  void close();
}
