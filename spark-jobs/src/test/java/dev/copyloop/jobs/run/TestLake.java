package dev.copyloop.jobs.run;

import dev.copyloop.embedded.S3Server;
import dev.copyloop.events.settings.Settings;
import dev.copyloop.events.settings.SettingsJson;
import dev.copyloop.jobs.lake.CommitHook;
import dev.copyloop.jobs.lease.Lease;
import dev.copyloop.jobs.lease.LeaseConfig;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;
import scala.Tuple2;

/**
 * A lake in a local folder for a test, on the one Spark session that all tests of this JVM share.
 */
public final class TestLake {
  private static SparkSession spark;
  private static int runs;

  private final JobsConfig config;

  private TestLake(JobsConfig config) {
    this.config = config;
  }

  /** A lake in the folder, for jobs that need no settings. */
  public static TestLake in(Path folder) {
    return new TestLake(config(folder, new SettingsSource.None()));
  }

  /** A lake in the folder, with settings. */
  public static TestLake in(Path folder, Settings settings) throws IOException {
    return new TestLake(config(folder, file(folder, settings)));
  }

  private static SettingsSource file(Path folder, Settings settings) throws IOException {
    Path file = Files.createDirectories(folder).resolve("settings-of-the-test.json");
    Files.writeString(file, SettingsJson.write(settings));
    return new SettingsSource.File(file);
  }

  /** A lake in a new bucket of an S3 server, for jobs that need no settings. */
  public static TestLake in(S3Server server) {
    return in(server, server.newBucket(), new SettingsSource.None());
  }

  /** A lake in a new bucket of an S3 server; the folder takes the file of the settings. */
  public static TestLake in(S3Server server, Path folder, Settings settings) throws IOException {
    return in(server, server.newBucket(), file(folder, settings));
  }

  /** A lake in a bucket of an S3 server, with the settings in a file. */
  public static TestLake in(S3Server server, String bucket, Path settings) {
    return in(server, bucket, new SettingsSource.File(settings));
  }

  private static TestLake in(S3Server server, String bucket, SettingsSource settings) {
    JobsConfig config =
        new JobsConfig(
            JobsConfig.rootOf(bucket),
            Optional.of(URI.create(server.endpoint())),
            server.region(),
            Optional.of(new JobsConfig.Credentials(server.accessKey(), server.secretKey())),
            settings,
            LeaseConfig.NONE,
            Optional.empty());
    Configuration hadoop = spark().sparkContext().hadoopConfiguration();
    for (Tuple2<String, String> setting :
        SparkSessions.conf(config).getAllWithPrefix("spark.hadoop.")) {
      hadoop.set(setting._1(), setting._2());
    }
    return new TestLake(config);
  }

  private static JobsConfig config(Path folder, SettingsSource settings) {
    return new JobsConfig(
        JobsConfig.rootOf(folder.toUri().toString()),
        Optional.empty(),
        "us-east-1",
        Optional.empty(),
        settings,
        LeaseConfig.NONE,
        Optional.of("local[2]"));
  }

  /** The session of this JVM. */
  public static synchronized SparkSession spark() {
    if (spark == null) {
      JobsConfig config = config(Path.of("unused"), new SettingsSource.None());
      spark = SparkSessions.open(config);
    }
    return spark;
  }

  /** A new run over everything. */
  public RunContext run() {
    return run(TimeRange.ALL);
  }

  /** A new run over a range. */
  public RunContext run(TimeRange range) {
    return run(range, CommitHook.NONE);
  }

  /** A new run over a range, with a hook at every commit. */
  public RunContext run(TimeRange range, CommitHook hook) {
    return run(range, Lease.NONE, hook);
  }

  /** A new run that has its turn by a lease. */
  public RunContext run(Lease lease) {
    return run(TimeRange.ALL, lease, CommitHook.NONE);
  }

  /** A new backfill of a range. */
  public RunContext backfill(TimeRange range) {
    return run(RunMode.BACKFILL, range, Lease.NONE, CommitHook.NONE);
  }

  /** A new rebuild. */
  public RunContext rebuild() {
    return run(RunMode.REBUILD, TimeRange.ALL, Lease.NONE, CommitHook.NONE);
  }

  private RunContext run(TimeRange range, Lease lease, CommitHook hook) {
    return run(RunMode.NIGHTLY, range, lease, hook);
  }

  private synchronized RunContext run(RunMode mode, TimeRange range, Lease lease, CommitHook hook) {
    runs++;
    RunRequest request = new RunRequest("run-" + runs, mode, range, Optional.empty());
    return new RunContext(request, config, spark(), lease, hook);
  }
}
