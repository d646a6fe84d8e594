package dev.copyloop.jobs.run;

import dev.copyloop.events.config.ConfigReader;
import dev.copyloop.jobs.lease.LeaseConfig;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The options that every job takes; picocli sets them, so they are not final. */
public final class RunOptions {
  @Option(
      names = "--bucket",
      defaultValue = "${env:COPYLOOP_BUCKET}",
      paramLabel = "NAME",
      description = "The bucket, or a URI such as file:///srv/lake/. Default: COPYLOOP_BUCKET.")
  private String bucket;

  @Option(
      names = "--s3-endpoint",
      defaultValue = "${env:COPYLOOP_S3_ENDPOINT}",
      converter = EndpointOption.class,
      paramLabel = "URL",
      description =
          "The S3 API, if it is not AWS's. Default: COPYLOOP_S3_ENDPOINT. Keys come from"
              + " AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, else from the SDK's chain.")
  private URI endpoint;

  @Option(
      names = "--database",
      defaultValue = "${env:COPYLOOP_PG_URL}",
      converter = DatabaseOption.class,
      paramLabel = "URL",
      description =
          "postgresql://user:password@host:port/name that holds the settings and the lake's"
              + " lease. Default:"
              + " COPYLOOP_PG_URL.")
  private URI database;

  @Option(
      names = "--settings",
      paramLabel = "FILE",
      description = "A settings document to read instead of the database's.")
  private Path settings;

  @Option(
      names = "--master",
      paramLabel = "URL",
      description = "The Spark master. Default: spark-submit's, else local[*].")
  private String master;

  @Option(
      names = "--run-id",
      paramLabel = "ID",
      description = "Names the run; results lie in runs/<run id>/. Default: a new one.")
  private String runId;

  @Option(
      names = "--from",
      converter = Bound.class,
      paramLabel = "TIME",
      description = "First UTC date or hour.")
  private Instant from;

  @Option(
      names = "--to",
      converter = Bound.class,
      paramLabel = "TIME",
      description = "First UTC date or hour that is not included.")
  private Instant to;

  @Option(
      names = "--wait",
      converter = DurationOption.class,
      paramLabel = "DURATION",
      description = "How long to wait for a run that writes the lake, such as 2h. Default: not.")
  private Duration patience;

  @Option(
      names = "--lease-time",
      converter = DurationOption.class,
      paramLabel = "DURATION",
      description =
          "How long others wait for this run if its process dies, such as 30s. Default: 2m.")
  private Duration leaseTime;

  /** Reads an address; a variable that is set to nothing is none. */
  static final class EndpointOption implements ITypeConverter<URI> {
    @Override
    public URI convert(String text) {
      return text.isBlank() ? null : URI.create(text.strip());
    }
  }

  /** Likewise; what is wrong with it is said without repeating it, for its password. */
  static final class DatabaseOption implements ITypeConverter<URI> {
    @Override
    public URI convert(String text) {
      if (text.isBlank()) {
        return null;
      }
      try {
        URI url = new URI(text.strip());
        if (isPostgresql(url.getScheme()) && url.getHost() != null) {
          return url;
        }
      } catch (URISyntaxException e) {
        // Its message repeats the password.
      }
      throw new TypeConversionException(
          "expected postgresql://user:password@host:port/name, with %-escapes for what a URL can't hold");
    }

    private static boolean isPostgresql(String scheme) {
      return "postgresql".equals(scheme) || "postgres".equals(scheme);
    }
  }

  /** Reads a duration and turns its error into one of the command line. */
  static final class DurationOption implements ITypeConverter<Duration> {
    @Override
    public Duration convert(String text) {
      return ConfigReader.parseDuration(text);
    }
  }

  /** Reads a bound and turns its error into one of the command line. */
  static final class Bound implements ITypeConverter<Instant> {
    @Override
    public Instant convert(String text) {
      return TimeRange.parseBound(text);
    }
  }

  /**
   * The configuration these options and the environment give.
   *
   * @throws JobException with {@link ExitCode#USAGE} if one is missing or wrong
   */
  public JobsConfig config() {
    if (bucket == null || bucket.isBlank()) {
      throw JobException.usage("Missing bucket: set --bucket or COPYLOOP_BUCKET");
    }
    return new JobsConfig(
        JobsConfig.rootOf(bucket),
        Optional.ofNullable(endpoint),
        Optional.ofNullable(System.getenv("AWS_REGION")).orElse("us-east-1"),
        credentials(),
        settingsSource(),
        lease(),
        Optional.ofNullable(master));
  }

  private static Optional<JobsConfig.Credentials> credentials() {
    String accessKey = System.getenv("AWS_ACCESS_KEY_ID");
    String secretKey = System.getenv("AWS_SECRET_ACCESS_KEY");
    boolean temporary = System.getenv("AWS_SESSION_TOKEN") != null;
    return accessKey == null || secretKey == null || temporary
        ? Optional.empty()
        : Optional.of(new JobsConfig.Credentials(accessKey, secretKey));
  }

  private LeaseConfig lease() {
    try {
      return new LeaseConfig(
          Optional.ofNullable(database).map(SettingsSource.Database::new),
          leaseTime == null ? LeaseConfig.DEFAULT_TIME : leaseTime,
          patience == null ? Duration.ZERO : patience);
    } catch (IllegalArgumentException e) {
      throw JobException.usage(e.getMessage());
    }
  }

  private SettingsSource settingsSource() {
    if (settings != null) {
      return new SettingsSource.File(settings);
    }
    return database == null ? new SettingsSource.None() : new SettingsSource.Database(database);
  }

  /**
   * What these options ask for.
   *
   * @throws JobException with {@link ExitCode#USAGE} if the range is empty, or missing for a
   *     backfill
   */
  public RunRequest request(RunMode mode) {
    return request(mode, Optional.empty());
  }

  /** The same for one org alone, if it is named. */
  public RunRequest request(RunMode mode, Optional<String> org) {
    return new RunRequest(runId == null ? RunId.next() : runId, mode, range(), org);
  }

  private TimeRange range() {
    try {
      return new TimeRange(Optional.ofNullable(from), Optional.ofNullable(to));
    } catch (IllegalArgumentException e) {
      throw JobException.usage(e.getMessage());
    }
  }
}
