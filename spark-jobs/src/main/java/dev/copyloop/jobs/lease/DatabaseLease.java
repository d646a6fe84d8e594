package dev.copyloop.jobs.lease;

import dev.copyloop.jobs.run.JobException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * The lake's lease in PostgreSQL, renewed four times within its time. A run that can't renew it in
 * time counts it as lost, whether another one took it or the database is away.
 */
public final class DatabaseLease implements Lease {
  private static final long RENEWALS_PER_TIME = 4;
  private static final Duration BETWEEN_TRIES = Duration.ofSeconds(1);

  private final LeaseTable table;
  private final LeaseTable.Turn turn;
  private final Duration time;
  private final ScheduledExecutorService heartbeat;
  private volatile long validUntilNanos;
  private volatile String lost;

  private DatabaseLease(LeaseTable table, LeaseTable.Turn turn, Duration time, long takenNanos) {
    this.table = table;
    this.turn = turn;
    this.time = time;
    this.validUntilNanos = takenNanos + time.toNanos();
    this.heartbeat =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, "lease-heartbeat");
              thread.setDaemon(true);
              return thread;
            });
  }

  /**
   * Takes the lease, waiting for it as long as the configuration says.
   *
   * @param holder the run's id: a run that is tried again takes over from itself at once
   * @param purpose what the run does, for those who wait
   * @throws JobException with the exit code of a busy lease if another run still holds it; as
   *     failed if the database can't be reached or was not migrated
   */
  public static Lease acquire(LeaseConfig config, String holder, String purpose) {
    return config
        .database()
        .map(database -> acquire(new LeaseTable(database), config, holder, purpose))
        .orElse(Lease.NONE);
  }

  private static Lease acquire(
      LeaseTable table, LeaseConfig config, String holder, String purpose) {
    long start = System.nanoTime();
    while (true) {
      long asked = System.nanoTime();
      Optional<LeaseTable.Turn> turn = table.take(holder, purpose, config.time());
      if (turn.isPresent()) {
        DatabaseLease lease = new DatabaseLease(table, turn.get(), config.time(), asked);
        lease.beat();
        return lease;
      }
      if (System.nanoTime() - start >= config.patience().toNanos()) {
        throw JobException.busy(
            "Cannot start: %s. Try again when it is done, or wait for it by --wait"
                .formatted(table.holder()));
      }
      pause();
    }
  }

  private static void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(BETWEEN_TRIES.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw JobException.failed("Interrupted while waiting for the lake's lease", e);
    }
  }

  private void beat() {
    long period = Math.max(1, time.toMillis() / RENEWALS_PER_TIME);
    var unused =
        heartbeat.scheduleWithFixedDelay(this::renew, period, period, TimeUnit.MILLISECONDS);
  }

  private void renew() {
    long asked = System.nanoTime();
    try {
      if (table.renew(turn.token(), time)) {
        validUntilNanos = asked + time.toNanos();
      } else {
        lost = table.holder();
        heartbeat.shutdown();
      }
    } catch (SQLException e) {
      // Tried again at the next beat; check() tells when it has been too long.
      System.err.println("Cannot renew the lake's lease, trying again: " + e.getMessage());
    }
  }

  @Override
  public OptionalLong token() {
    return OptionalLong.of(turn.token());
  }

  @Override
  public boolean isTakenOver() {
    return turn.takenOver();
  }

  @Override
  public void check() {
    if (lost != null) {
      throw JobException.busy(
          "Lost the lake's lease: %s. Nothing more is written; run again".formatted(lost));
    }
    if (System.nanoTime() - validUntilNanos >= 0) {
      throw JobException.busy(
          "Lost the lake's lease: it could not be renewed for %s. Nothing more is written; check the database and run again"
              .formatted(time));
    }
  }

  @Override
  public void close() {
    heartbeat.shutdownNow();
    try {
      table.release(turn.token());
    } catch (SQLException e) {
      System.err.printf(
          "Cannot give back the lake's lease, it ends by itself after %s: %s%n",
          time, e.getMessage());
    }
  }
}
