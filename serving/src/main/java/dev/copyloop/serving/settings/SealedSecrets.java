package dev.copyloop.serving.settings;

import dev.copyloop.serving.secrets.SecretBox;
import java.security.GeneralSecurityException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** The sealed secrets in PostgreSQL, when their keyset changes. Blocks. */
public final class SealedSecrets {
  private static final String ALL =
      "select signing_key_id, org, sealed from copyloop.signing_key order by signing_key_id";
  private static final String UPDATE =
      "update copyloop.signing_key set sealed = ? where signing_key_id = ?";

  private final Database database;

  public SealedSecrets(Database database) {
    this.database = database;
  }

  /**
   * Seals all of them anew, in one transaction.
   *
   * @return how many there are
   * @throws GeneralSecurityException if one can't be opened; nothing was changed
   */
  public int reseal(SecretBox secrets) throws SQLException, GeneralSecurityException {
    try (Connection connection = connect()) {
      connection.setAutoCommit(false);
      int count = 0;
      try (Statement select = connection.createStatement();
          ResultSet rows = select.executeQuery(ALL + " for update");
          PreparedStatement update = connection.prepareStatement(UPDATE)) {
        while (rows.next()) {
          update.setString(
              1,
              secrets.seal(
                  rows.getString("org"), SecretBox.Field.SIGNING_KEY, open(rows, secrets)));
          update.setObject(2, rows.getObject("signing_key_id"));
          update.executeUpdate();
          count++;
        }
      }
      connection.commit();
      return count;
    }
  }

  /**
   * Opens all of them, for proof.
   *
   * @return how many there are
   * @throws GeneralSecurityException if one can't be opened
   */
  public int openAll(SecretBox secrets) throws SQLException, GeneralSecurityException {
    try (Connection connection = connect();
        Statement select = connection.createStatement();
        ResultSet rows = select.executeQuery(ALL)) {
      int count = 0;
      while (rows.next()) {
        open(rows, secrets);
        count++;
      }
      return count;
    }
  }

  private static String open(ResultSet row, SecretBox secrets)
      throws SQLException, GeneralSecurityException {
    try {
      return secrets.open(
          row.getString("org"), SecretBox.Field.SIGNING_KEY, row.getString("sealed"));
    } catch (GeneralSecurityException e) {
      throw new GeneralSecurityException(
          "signing key %s of %s can't be opened with this keyset"
              .formatted(row.getString("signing_key_id"), row.getString("org")),
          e);
    }
  }

  private Connection connect() throws SQLException {
    return DriverManager.getConnection(database.jdbcUrl(), database.user(), database.password());
  }
}
