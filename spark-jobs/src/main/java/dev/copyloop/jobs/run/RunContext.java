package dev.copyloop.jobs.run;

import dev.copyloop.events.lake.LakeLayout;
import dev.copyloop.events.settings.Settings;
import dev.copyloop.jobs.lake.CommitHook;
import dev.copyloop.jobs.lake.LakeTables;
import dev.copyloop.jobs.lake.PublishedTables;
import dev.copyloop.jobs.lease.Lease;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;

/**
 * What all jobs of one run share: the session, the bucket, the tables, the range asked for, and the
 * settings, read once. Not thread-safe; the session belongs to whoever opened it.
 */
public final class RunContext {
  private final RunRequest request;
  private final JobsConfig config;
  private final SparkSession spark;
  private final CommitHook hook;
  private final Bucket bucket;
  private final LakeTables tables;
  private SettingsReader.Stored settings;

  /** A run that writes no table. */
  public RunContext(RunRequest request, JobsConfig config, SparkSession spark) {
    this(request, config, spark, Lease.NONE, CommitHook.NONE);
  }

  /** A run with its turn to write, and a hook that is told of every commit to a table. */
  public RunContext(
      RunRequest request, JobsConfig config, SparkSession spark, Lease lease, CommitHook hook) {
    this.request = request;
    this.config = config;
    this.spark = spark;
    this.hook = hook;
    this.bucket = new Bucket(config.root(), spark.sparkContext().hadoopConfiguration());
    this.tables =
        new LakeTables(
            spark, bucket, request.runId(), codeVersion(), this::settingsShaIfRead, lease, hook);
  }

  /** What was asked for. */
  public RunRequest request() {
    return request;
  }

  public String runId() {
    return request.runId();
  }

  /** What the run is for. */
  public RunMode mode() {
    return request.mode();
  }

  /** The hours that were asked for; {@link RunRequest} says on which clock. */
  public TimeRange range() {
    return request.range();
  }

  /** The only org whose figures are recomputed; empty: all. */
  public Optional<String> org() {
    return request.org();
  }

  public SparkSession spark() {
    return spark;
  }

  public Bucket bucket() {
    return bucket;
  }

  public LakeTables tables() {
    return tables;
  }

  /** Is told of every commit. */
  public CommitHook hook() {
    return hook;
  }

  /**
   * The settings as of this run's first need of them, stored as {@code settings/<sha>.json}.
   *
   * @throws JobException if none are configured or the database can't be read
   * @throws IOException if the document is not one of settings, or can't be stored
   */
  public Settings settings() throws IOException {
    return stored().settings();
  }

  /** The SHA-256 of the settings' document, lower-case hex. */
  public String settingsSha() throws IOException {
    return stored().sha256();
  }

  /** The SHA-256 of the settings' document if a job needed it so far. */
  public Optional<String> settingsShaIfRead() {
    return Optional.ofNullable(settings).map(SettingsReader.Stored::sha256);
  }

  private SettingsReader.Stored stored() throws IOException {
    if (settings == null) {
      settings = SettingsReader.read(config.settings(), bucket);
    }
    return settings;
  }

  /**
   * The tables as they were last published: what readers read.
   *
   * @throws JobException if nothing was published yet
   */
  public PublishedTables published() throws IOException {
    return PublishedTables.latest(spark, bucket);
  }

  /** The version of the code that runs; {@code development} when it runs from class files. */
  public String codeVersion() {
    return Optional.ofNullable(RunContext.class.getPackage().getImplementationVersion())
        .orElse("development");
  }

  /** Runs a job and keeps its result as {@code runs/<run id>/<job>.json}. */
  public JobResult run(Job job) throws IOException {
    spark.sparkContext().setJobGroup(runId(), job.name(), false);
    long start = System.nanoTime();
    JobResult result = job.run(this);
    Duration time = Duration.ofNanos(System.nanoTime() - start);
    bucket.write(
        LakeLayout.runResult(runId(), job.name()),
        JobResultJson.write(this, job.name(), result, time));
    return result;
  }
}
