package dev.copyloop.jobs.lease;

import dev.copyloop.jobs.run.Database;
import dev.copyloop.jobs.run.JobException;
import dev.copyloop.jobs.run.SettingsSource;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;

/** The statements on {@code copyloop.lease}. Times are the database's own. */
final class LeaseTable {
  private static final String UNDEFINED_TABLE = "42P01";

  private static final String TAKE =
      """
      with before as (select released from copyloop.lease where name = 'lake' for update)
      update copyloop.lease as lease
      set token = lease.token + 1, holder = ?, purpose = ?, acquired_at = now(),
        expires_at = now() + ? * interval '1 millisecond', released = false
      from before
      where lease.name = 'lake'
        and (lease.released or lease.expires_at <= now() or lease.holder = ?)
      returning lease.token, before.released
      """;

  private static final String RENEW =
      """
      update copyloop.lease set expires_at = now() + ? * interval '1 millisecond'
      where name = 'lake' and token = ? and not released
      """;

  private static final String RELEASE =
      "update copyloop.lease set released = true, expires_at = now() where name = 'lake' and token = ?";

  private static final String HOLDER =
      "select holder, purpose, expires_at::text, released from copyloop.lease where name = 'lake'";

  private final SettingsSource.Database database;

  LeaseTable(SettingsSource.Database database) {
    this.database = database;
  }

  /**
   * A turn.
   *
   * @param takenOver whether the one before was not given back
   */
  record Turn(long token, boolean takenOver) {}

  /** Takes the lease if it is free, has ended or is held by the same run. */
  Optional<Turn> take(String holder, String purpose, Duration time) {
    try (Connection connection = Database.connect(database);
        PreparedStatement statement = connection.prepareStatement(TAKE)) {
      statement.setString(1, holder);
      statement.setString(2, purpose);
      statement.setLong(3, time.toMillis());
      statement.setString(4, holder);
      try (ResultSet row = statement.executeQuery()) {
        return row.next()
            ? Optional.of(new Turn(row.getLong(1), !row.getBoolean(2)))
            : Optional.empty();
      }
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  private JobException failed(SQLException failure) {
    String hint =
        UNDEFINED_TABLE.equals(failure.getSQLState())
            ? "it has no table copyloop.lease. Start this release's serving once: it migrates the database"
            : "check that it runs, and that this user may select and update copyloop.lease";
    return JobException.failed(
        "Cannot take the lake's lease from %s: %s".formatted(database, hint), failure);
  }

  /** Prolongs a turn; answers false if it is over. */
  boolean renew(long token, Duration time) throws SQLException {
    try (Connection connection = Database.connect(database);
        PreparedStatement statement = connection.prepareStatement(RENEW)) {
      statement.setLong(1, time.toMillis());
      statement.setLong(2, token);
      return statement.executeUpdate() == 1;
    }
  }

  /** Gives a turn back; does nothing if it is over. */
  void release(long token) throws SQLException {
    try (Connection connection = Database.connect(database);
        PreparedStatement statement = connection.prepareStatement(RELEASE)) {
      statement.setLong(1, token);
      statement.executeUpdate();
    }
  }

  /** Who holds the lease, for a person. */
  String holder() {
    try (Connection connection = Database.connect(database);
        PreparedStatement statement = connection.prepareStatement(HOLDER);
        ResultSet row = statement.executeQuery()) {
      if (!row.next() || row.getBoolean(4)) {
        return "another run held it a moment ago";
      }
      return "run %s (%s) holds the lake's lease until %s"
          .formatted(row.getString(1), row.getString(2), row.getString(3));
    } catch (SQLException e) {
      return "another run holds the lake's lease";
    }
  }
}
