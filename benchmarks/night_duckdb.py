"""What the night does, in DuckDB: parse, dedup, attribute, aggregate, write. Called by night.py, which names files and threads."""

import resource
import sys
import time

import duckdb

ENVELOPE = "event_id: 'VARCHAR', org: 'VARCHAR', received_at: 'BIGINT', verified: 'VARCHAR', workspace: 'VARCHAR', body: "
GENERATION = """STRUCT(generation_id VARCHAR, call_id VARCHAR, template_id VARCHAR, decided_at BIGINT, occurred_at BIGINT, user_id VARCHAR,
  tracking_id VARCHAR, campaign_id VARCHAR, webhook_action_id VARCHAR, arm VARCHAR, copy_id VARCHAR, vars MAP(VARCHAR, VARCHAR),
  attrs MAP(VARCHAR, VARCHAR), propensity DOUBLE, policy_version VARCHAR, draw VARCHAR, fallback VARCHAR, forced BOOLEAN, test BOOLEAN)"""
REPORTING = """STRUCT(object_type VARCHAR, metric VARCHAR, timestamp BIGINT, data STRUCT(action_id VARCHAR, campaign_id VARCHAR, content_id VARCHAR,
  customer_id VARCHAR, delivery_id VARCHAR, identifiers STRUCT(id VARCHAR, email VARCHAR, cio_id VARCHAR), journey_id VARCHAR, recipient VARCHAR,
  subject VARCHAR, trigger_event_id VARCHAR, prefetched BOOLEAN, proxied BOOLEAN, machine BOOLEAN, href VARCHAR, link_id VARCHAR))"""
CUSTOM = "STRUCT(user_id VARCHAR, name VARCHAR, timestamp BIGINT, properties STRUCT(value DECIMAL(20,6), currency VARCHAR, items BIGINT, sku VARCHAR))"

COMPACT = """
CREATE TABLE generations AS SELECT event_id, org, workspace, received_at, unnest(body) FROM {generate}
  QUALIFY row_number() OVER (PARTITION BY org, body.generation_id ORDER BY body.decided_at DESC) = 1;
CREATE TABLE events AS SELECT event_id, org, workspace, received_at, body.object_type, body.metric, body.timestamp AS occurred_at, unnest(body.data) FROM {cio}
  QUALIFY row_number() OVER (PARTITION BY org, event_id, body.timestamp // 86400 ORDER BY received_at) = 1;
CREATE TABLE custom AS SELECT event_id, org, received_at, body.user_id, body.name, body.timestamp AS occurred_at, unnest(body.properties) FROM {events}
  QUALIFY row_number() OVER (PARTITION BY org, event_id, body.timestamp // 86400 ORDER BY received_at) = 1;
COPY (SELECT *, make_timestamp(occurred_at * 1000)::DATE AS day FROM generations) TO '{out}/generations' (FORMAT parquet, COMPRESSION zstd, PARTITION_BY day);
COPY (SELECT *, make_timestamp(occurred_at * 1000000)::DATE AS day FROM events) TO '{out}/events' (FORMAT parquet, COMPRESSION zstd, PARTITION_BY day);
COPY custom TO '{out}/custom.parquet' (FORMAT parquet, COMPRESSION zstd);
"""

ATTRIBUTE = """
CREATE TABLE folded AS SELECT org, workspace, delivery_id, min(journey_id) AS journey_id, min(action_id) AS action_id, min(campaign_id) AS campaign_id,
  min(customer_id) AS person, min(object_type) AS channel, min(occurred_at) FILTER (metric = 'sent') AS sent_at,
  coalesce(min(occurred_at) FILTER (metric = 'sent'), min(occurred_at)) AS anchor_at,
  coalesce(min(occurred_at) FILTER (metric = 'sent'), min(occurred_at) FILTER (metric IN ('delivered', 'opened', 'clicked'))) AS send_at
  FROM events GROUP BY org, workspace, delivery_id;
CREATE TABLE copies AS SELECT d.delivery_id, arg_max(g.copy_id, g.occurred_at) AS copy_id, arg_max(g.generation_id, g.occurred_at) AS generation_id
  FROM folded d JOIN generations g ON g.org = d.org AND g.tracking_id = d.journey_id AND g.occurred_at // 1000 <= d.anchor_at GROUP BY d.delivery_id;
CREATE TABLE deliveries AS SELECT d.*, 'template_' || (campaign_id::INT - 100) AS template_id,
  CASE action_id WHEN '1002' THEN 'control' ELSE 'treatment' END AS arm, c.generation_id,
  CASE action_id WHEN '1002' THEN 'control' ELSE coalesce(c.copy_id, 'unknown') END AS copy_key FROM folded d LEFT JOIN copies c USING (delivery_id);
CREATE TABLE engagements AS SELECT e.org, e.workspace, e.delivery_id, e.event_id, e.occurred_at, e.metric, e.link_id,
  CASE e.metric WHEN 'opened' THEN e.prefetched WHEN 'clicked' THEN e.machine END AS is_machine,
  row_number() OVER (PARTITION BY e.org, e.workspace, e.delivery_id, e.metric ORDER BY e.occurred_at, e.event_id) = 1 AS first_of_delivery,
  d.channel, d.template_id, d.arm, d.copy_key, d.action_id, d.send_at
  FROM events e JOIN deliveries d USING (org, workspace, delivery_id) WHERE e.metric <> 'sent';
CREATE TABLE attributed AS SELECT c.*, d.delivery_id, d.template_id, d.arm, d.copy_key, d.send_at FROM custom c
  ASOF LEFT JOIN deliveries d ON c.user_id = d.person AND c.occurred_at >= d.send_at;
COPY (SELECT *, make_timestamp(send_at * 1000000)::DATE AS day FROM deliveries) TO '{out}/deliveries' (FORMAT parquet, COMPRESSION zstd, PARTITION_BY day);
COPY (SELECT *, make_timestamp(occurred_at * 1000000)::DATE AS day FROM engagements) TO '{out}/engagements' (FORMAT parquet, COMPRESSION zstd, PARTITION_BY day);
COPY attributed TO '{out}/attributed.parquet' (FORMAT parquet, COMPRESSION zstd);
"""

METRICS = """
CREATE TABLE facts AS
  SELECT org, template_id, copy_key, arm, action_id, channel, send_at, send_at AS event_at, 'sends' AS measure, (sent_at IS NOT NULL)::INT AS n FROM deliveries
  UNION ALL SELECT org, template_id, copy_key, arm, action_id, channel, send_at, occurred_at, metric || CASE is_machine WHEN true THEN '_machine' WHEN false THEN '_human' ELSE '' END, 1 FROM engagements
  UNION ALL SELECT org, template_id, copy_key, arm, action_id, channel, send_at, occurred_at, 'unique_' || metric, 1 FROM engagements WHERE first_of_delivery
  UNION ALL SELECT org, template_id, copy_id, arm, NULL, 'email', occurred_at // 1000, occurred_at // 1000, 'generations', 1 FROM generations;
CREATE TABLE daily AS SELECT org, template_id, copy_key, arm, action_id, channel, (make_timestamp(send_at * 1000000) + INTERVAL 1 HOUR)::DATE AS send_date,
  (make_timestamp(event_at * 1000000) + INTERVAL 1 HOUR)::DATE AS event_date, measure, sum(n) AS n FROM facts GROUP BY ALL;
COPY daily TO '{out}/daily_metrics.parquet' (FORMAT parquet, COMPRESSION zstd);
"""

EXPORT = """
COPY (SELECT occurred_at // 1000 AS event_timestamp, user_id, tracking_id, copy_id, template_id, vars, attrs, make_timestamp(occurred_at * 1000) AS event_time,
  generation_id, workspace, campaign_id, webhook_action_id, arm, propensity, policy_version, fallback, forced,
  date_trunc('hour', make_timestamp(occurred_at * 1000)) AS hour FROM generations WHERE NOT test)
  TO '{out}/export' (FORMAT parquet, COMPRESSION zstd, PARTITION_BY hour);
"""

FIGURES = {
    "generations": "SELECT count(*) FROM generations",
    "events": "SELECT (SELECT count(*) FROM events) + (SELECT count(*) FROM custom)",
    "deliveries": "SELECT count(*), sum((arm = 'control')::INT), sum((copy_key NOT IN ('control', 'unknown'))::INT), sum((sent_at IS NOT NULL)::INT) FROM deliveries",
    "engagements": "SELECT count(*), sum(first_of_delivery::INT) FROM engagements",
    "credited": "SELECT count(*) FROM attributed WHERE delivery_id IS NOT NULL AND occurred_at - send_at < 1209600",
}


def source(bucket, name, body):
    return (
        f"read_ndjson('{bucket}/landing/{name}/*/*/*/*/*.ndjson.gz', columns = {{{ENVELOPE}'{body}'}}, "
        f"maximum_object_size = 16777216) "
    )


def run(bucket, out, threads):
    connection = duckdb.connect(f"{out}/work.duckdb")
    connection.execute(
        f"SET threads = {threads}; SET memory_limit = '4GB'; SET preserve_insertion_order = false; SET TimeZone = 'UTC'"
    )
    sources = {
        "generate": source(bucket, "generate", GENERATION),
        "cio": source(bucket, "cio", REPORTING),
        "events": source(bucket, "events", CUSTOM),
    }
    last = (0.0, time.time())
    for stage, script in (
        ("compact", COMPACT),
        ("attribute", ATTRIBUTE),
        ("metrics", METRICS),
        ("export", EXPORT),
    ):
        connection.execute(script.format(out=out, **sources))
        usage = resource.getrusage(resource.RUSAGE_SELF)
        now = (usage.ru_utime + usage.ru_stime, time.time())
        print(stage, f"{now[0] - last[0]:.3f}", f"{now[1] - last[1]:.3f}", flush=True)
        last = now


def table(bucket, name):
    """The live files of a Delta table, by its log."""
    import json
    from pathlib import Path

    folder = Path(bucket, "lake", name)
    files = {}
    for commit in sorted((folder / "_delta_log").glob("*.json")):
        for action in map(json.loads, commit.read_text().splitlines()):
            if "add" in action:
                files[action["add"]["path"]] = True
            elif "remove" in action:
                files.pop(action["remove"]["path"], None)
    return (
        "read_parquet(["
        + ", ".join(f"'{folder}/{file}'" for file in files)
        + "], hive_partitioning = true, union_by_name = true)"
    )


def compare(bucket, out):
    theirs = duckdb.connect(f"{out}/work.duckdb", read_only=True)
    ours = duckdb.connect()
    for name in ("generations", "events", "deliveries", "engagements", "attributed_events"):
        ours.execute(
            f"CREATE VIEW {'raw_events' if name == 'events' else name} AS SELECT * FROM {table(bucket, name)}"
        )
    ours.execute(
        "CREATE VIEW events AS SELECT * FROM raw_events WHERE source = 'cio'; CREATE VIEW custom AS SELECT * FROM raw_events WHERE source = 'events'"
    )
    ours.execute(
        "CREATE VIEW attributed AS SELECT *, 0 AS age FROM attributed_events WHERE kind = 'credit'"
    )
    for name, query in FIGURES.items():
        mine = (
            query
            if name != "credited"
            else "SELECT count(*) FROM attributed WHERE delivery_id IS NOT NULL"
        )
        expected, got = theirs.execute(query).fetchone(), ours.execute(mine).fetchone()
        print(f"{name:12} DuckDB {expected} night {got}")
        if expected != got:
            sys.exit(f"The two sides differ in {name}")


if __name__ == "__main__":
    if sys.argv[1] == "--compare":
        compare(sys.argv[2], sys.argv[3])
    else:
        run(sys.argv[1], sys.argv[2], int(sys.argv[3]))
