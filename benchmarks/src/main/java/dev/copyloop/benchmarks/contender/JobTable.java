package dev.copyloop.benchmarks.contender;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** The table that {@link PostgresCollector} fills, with RudderStack's columns and indexes. */
public final class JobTable {
  private static final String[] STATEMENTS = {
    """
    create table job (
      job_id bigserial primary key,
      workspace_id text not null default '',
      uuid uuid not null,
      user_id text not null,
      partition_id text not null default '',
      parameters jsonb not null,
      custom_val varchar(64) not null,
      event_payload jsonb not null,
      event_count integer not null default 1,
      created_at timestamptz not null default now(),
      expire_at timestamptz not null default now(),
      consumers text[] not null default '{""}')
    with (autovacuum_vacuum_insert_scale_factor = 0.02)
    """,
    "create index on job (workspace_id)",
    "create index on job (partition_id)",
    "create index on job (custom_val)",
    "create index on job ((parameters->>'source_id'))",
    "create index on job ((parameters->>'destination_id'))"
  };

  private JobTable() {}

  /** Creates it in a database that has none. */
  public static void create(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (String each : STATEMENTS) {
        statement.execute(each);
      }
    }
  }
}
