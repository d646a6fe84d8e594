package dev.copyloop.jobs.run;

import dev.copyloop.jobs.lake.ConditionalLogStore;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.SparkSession;
import scala.Tuple2;

/** Starts the Spark session of a run, with the settings that small and large nights share. */
public final class SparkSessions {
  private static final String S3A = "spark.hadoop.fs.s3a.";

  /** Columns that differ in nearly every row. */
  private static final List<String> IDS =
      List.of(
          "event_id",
          "delivery_id",
          "journey_id",
          "customer_id",
          "person_id",
          "person_email",
          "person_cio_id",
          "recipient",
          "trigger_event_id",
          "idempotency_key",
          "generation_id",
          "user_id",
          "tracking_id",
          "exposure_id",
          "person",
          "identifier",
          "linked_with.list.element",
          "key",
          "link",
          "landing_line",
          "call_ids.list.element",
          "call_lines.list.element",
          "body_sha256",
          "identity_hash");

  /** Times of which hardly two rows have the same. */
  private static final List<String> TIMES = List.of("occurred_at", "received_at", "decided_at");

  private SparkSessions() {}

  /** A session for the configuration; whoever opens it stops it. */
  public static SparkSession open(JobsConfig config) {
    return SparkSession.builder().appName("copyloop").config(conf(config)).getOrCreate();
  }

  /** How Hadoop reaches the storage, for what needs no session. */
  public static Configuration storage(JobsConfig config) {
    Configuration hadoop = new Configuration();
    for (Tuple2<String, String> setting : conf(config).getAllWithPrefix("spark.hadoop.")) {
      hadoop.set(setting._1(), setting._2());
    }
    return hadoop;
  }

  static SparkConf conf(JobsConfig config) {
    SparkConf conf = new SparkConf();
    config.master().ifPresent(conf::setMaster);
    conf.setIfMissing("spark.master", "local[*]");
    if (conf.get("spark.master").startsWith("local")) {
      conf.setIfMissing("spark.driver.host", "127.0.0.1");
      conf.setIfMissing("spark.driver.bindAddress", "127.0.0.1");
    }
    engine(conf);
    storage(conf, config);
    return conf;
  }

  private static void engine(SparkConf conf) {
    conf.set("spark.sql.session.timeZone", "UTC");
    conf.setIfMissing("spark.ui.enabled", "false");
    conf.setIfMissing("spark.ui.showConsoleProgress", "false");
    conf.setIfMissing("spark.cleaner.periodicGC.interval", "10min");
    conf.setIfMissing("spark.executor.extraJavaOptions", ExecutorOptions.line());
    delta(conf);
    queries(conf);
    parquet(conf);
    memories(conf);
  }

  private static void delta(SparkConf conf) {
    conf.set("spark.sql.extensions", "io.delta.sql.DeltaSparkSessionExtension");
    conf.set("spark.sql.catalog.spark_catalog", "org.apache.spark.sql.delta.catalog.DeltaCatalog");
    conf.set("spark.delta.logStore.s3a.impl", ConditionalLogStore.class.getName());
    // The tables' logs are small: the default of 50 tasks per rebuilt state costs more than all
    // else of a short night.
    conf.setIfMissing("spark.databricks.delta.snapshotPartitions", "1");
    // Beside each commit, the files of a table with years of days: who reads it needs no query over
    // its log. The default are 50.
    conf.setIfMissing("spark.databricks.delta.allFilesInCrc.thresholdNumFiles", "2000");
    // VACUUM lists a table's folders in so many tasks: the default is 10,000, for each table.
    conf.setIfMissing("spark.sql.sources.parallelPartitionDiscovery.parallelism", "32");
    // It would commit to every table twice, and so put it ahead of what is published.
    conf.setIfMissing("spark.databricks.delta.vacuum.logging.enabled", "false");
  }

  private static void queries(SparkConf conf) {
    conf.setIfMissing("spark.sql.shuffle.partitions", "4");
    // A task that is repeated computes the same rows: nobody needs to hash each to see it.
    conf.setIfMissing("spark.sql.shuffle.orderIndependentChecksum.enabled", "false");
    conf.setIfMissing(
        "spark.sql.shuffle.orderIndependentChecksum.enableFullRetryOnMismatch", "false");
    conf.setIfMissing("spark.sql.adaptive.enabled", "false");
    conf.setIfMissing("spark.sql.join.preferSortMergeJoin", "false");
    conf.setIfMissing("spark.sql.objectHashAggregate.sortBased.fallbackThreshold", "1000000");
    // Loading ICU's tables costs more than all that is ever put in lower case here.
    conf.setIfMissing("spark.sql.icu.caseMappings.enabled", "false");
  }

  private static void parquet(SparkConf conf) {
    conf.set("spark.sql.parquet.outputTimestampType", "TIMESTAMP_MICROS");
    conf.setIfMissing("spark.sql.parquet.compression.codec", "zstd");
    conf.setIfMissing("spark.hadoop.parquet.compression.codec.zstd.level", "1");
    // Nobody reads them: Delta's log says which files are needed, and those are read whole.
    conf.setIfMissing("spark.hadoop.parquet.size.statistics.enabled", "false");
    conf.setIfMissing("spark.hadoop.parquet.column.statistics.enabled", "false");
    // A dictionary of them is built only to be thrown away.
    for (String id : IDS) {
      conf.setIfMissing("spark.hadoop.parquet.enable.dictionary#" + id, "false");
    }
    for (String time : TIMES) {
      conf.setIfMissing("spark.hadoop.parquet.enable.dictionary#" + time, "false");
    }
    // A file per day is open at a time: sorting wide rows by day costs more.
    conf.setIfMissing("spark.sql.maxConcurrentOutputFileWriters", "64");
  }

  /** What Spark keeps of what it did. */
  private static void memories(SparkConf conf) {
    // Spark remembers the plans of a thousand queries and a hundred thousand tasks for a page that
    // nobody opens here.
    conf.setIfMissing("spark.sql.ui.explainMode", "simple");
    conf.setIfMissing("spark.sql.ui.retainedExecutions", "10");
    conf.setIfMissing("spark.ui.retainedJobs", "10");
    conf.setIfMissing("spark.ui.retainedStages", "10");
    conf.setIfMissing("spark.ui.retainedTasks", "100");
    // A night's plans are more than the 100 classes that are kept by default.
    conf.setIfMissing("spark.sql.codegen.cache.maxEntries", "1000");
  }

  private static void storage(SparkConf conf, JobsConfig config) {
    config
        .endpoint()
        .ifPresent(
            endpoint -> {
              conf.set(S3A + "endpoint", endpoint.toString());
              conf.set(S3A + "path.style.access", "true");
              conf.set(
                  S3A + "connection.ssl.enabled",
                  String.valueOf("https".equals(endpoint.getScheme())));
            });
    conf.set(S3A + "endpoint.region", config.region());
    Optional<JobsConfig.Credentials> credentials = config.credentials();
    credentials.ifPresent(
        keys -> {
          conf.set(S3A + "access.key", keys.accessKey());
          conf.set(S3A + "secret.key", keys.secretKey());
          conf.set(
              S3A + "aws.credentials.provider",
              "org.apache.hadoop.fs.s3a.SimpleAWSCredentialsProvider");
        });
    conf.setIfMissing(S3A + "create.conditional.enabled", "true");
    conf.setIfMissing(S3A + "fast.upload.buffer", "bytebuffer");
    conf.setIfMissing(S3A + "change.detection.mode", "none");
    conf.setIfMissing(S3A + "connection.maximum", "64");
  }
}
