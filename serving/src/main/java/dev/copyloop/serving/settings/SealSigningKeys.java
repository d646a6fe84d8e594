package dev.copyloop.serving.settings;

import dev.copyloop.serving.secrets.SecretBox;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.flywaydb.core.api.MigrationVersion;
import org.flywaydb.core.api.migration.Context;
import org.flywaydb.core.api.migration.JavaMigration;

/**
 * Version 5: signing keys are kept sealed. In Java since PostgreSQL must never see the keyset. The
 * clear column goes at once: a release that still reads it serves on by what it has in memory.
 */
final class SealSigningKeys implements JavaMigration {
  private static final String VIEW =
      """
      create view copyloop.credentials_document as
      select s.version,
        jsonb_build_object('version', s.version,
          'keys', coalesce((select jsonb_agg(jsonb_strip_nulls(jsonb_build_object(
              'key_id', key_id, 'org', org, 'hash', hash, 'scopes', scopes,
              'requests_per_second', requests_per_second, 'requests_per_day', requests_per_day))
              order by key_id collate "C") from copyloop.api_key), '[]'),
          'signing_keys', coalesce((select jsonb_agg(jsonb_build_object(
              'signing_key_id', signing_key_id, 'org', org, 'workspace', workspace, 'sealed', sealed)
              order by signing_key_id) from copyloop.signing_key), '[]')) as document
      from copyloop.settings_version s
      """;

  private final SecretBox secrets;

  SealSigningKeys(SecretBox secrets) {
    this.secrets = secrets;
  }

  @Override
  public void migrate(Context context) throws SQLException {
    Connection connection = context.getConnection();
    try (Statement statement = connection.createStatement()) {
      statement.execute("alter table copyloop.signing_key add column sealed text");
      seal(connection);
      statement.execute("drop view copyloop.credentials_document");
      statement.execute(
          "alter table copyloop.signing_key drop column key, alter column sealed set not null");
      statement.execute(VIEW);
    }
  }

  private void seal(Connection connection) throws SQLException {
    try (Statement select = connection.createStatement();
        ResultSet keys =
            select.executeQuery("select signing_key_id, org, key from copyloop.signing_key");
        PreparedStatement update =
            connection.prepareStatement(
                "update copyloop.signing_key set sealed = ? where signing_key_id = ?")) {
      while (keys.next()) {
        update.setString(
            1,
            secrets.seal(
                keys.getString("org"), SecretBox.Field.SIGNING_KEY, keys.getString("key")));
        update.setObject(2, keys.getObject("signing_key_id"));
        update.executeUpdate();
      }
    }
  }

  @Override
  public MigrationVersion getVersion() {
    return MigrationVersion.fromVersion("5");
  }

  @Override
  public String getDescription() {
    return "seal signing keys";
  }

  @Override
  public Integer getChecksum() {
    return 1;
  }

  @Override
  public boolean canExecuteInTransaction() {
    return true;
  }
}
