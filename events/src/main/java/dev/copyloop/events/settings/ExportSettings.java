package dev.copyloop.events.settings;

import dev.copyloop.events.lake.Tables;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * What an org gets exported, and where.
 *
 * @param shape how the files are written
 * @param destination a bucket of the org's own; empty: the exports' prefix in ours
 */
public record ExportSettings(
    Set<Dataset> datasets, Shape shape, Optional<Destination> destination) {

  /** Without a setting: all but engagements, as Parquet with the texts inline, in our bucket. */
  public static final ExportSettings DEFAULT =
      new ExportSettings(
          EnumSet.complementOf(EnumSet.of(Dataset.ENGAGEMENTS)), Shape.DEFAULT, Optional.empty());

  public ExportSettings {
    datasets =
        datasets.isEmpty() ? Set.of() : Collections.unmodifiableSet(EnumSet.copyOf(datasets));
  }

  /** A dataset that can be exported. */
  public enum Dataset {
    GENERATIONS(Tables.GENERATIONS),
    DAILY_METRICS(Tables.DAILY_METRICS),
    DAILY_CUSTOM_METRICS(Tables.DAILY_CUSTOM_METRICS),
    COPIES(Tables.COPIES),
    ENGAGEMENTS(Tables.ENGAGEMENTS);

    private final String table;

    Dataset(String table) {
      this.table = table;
    }

    /** The table it comes from, and the name of its folder. */
    public String table() {
      return table;
    }
  }

  /**
   * How files are written. Orgs of equal shape are exported together.
   *
   * @param rendered whether the texts are there as people got them, too
   */
  public record Shape(Vars vars, Rendered rendered, Maps maps, Format format) {
    public static final Shape DEFAULT =
        new Shape(Vars.INLINE, Rendered.OMITTED, Maps.NATIVE, Format.PARQUET);
  }

  /** Whether each generation carries its variant's texts. */
  public enum Vars {
    INLINE,
    /** Left out: the copies have them, by copy_id and time. */
    APART;

    /** The lower-case name used in settings. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Whether each generation carries its texts as this person got them: personal data. */
  public enum Rendered {
    /** Neither recorded nor exported. */
    OMITTED,
    /** Recorded when a call is answered, from the time this is set on, and exported. */
    INLINE;

    /** The lower-case name used in settings. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** How columns of texts by name are written. */
  public enum Maps {
    /** As maps of the format. */
    NATIVE,
    /** As JSON text, names sorted, for loaders that read no maps. */
    JSON;

    /** The lower-case name used in settings. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** The files' format. */
  public enum Format {
    PARQUET,
    AVRO;

    /** The lower-case name used in settings, and the ending of the files' names. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * A bucket of the org's own.
   *
   * @param prefix below which everything is written; empty or ending in a slash
   * @param region of the bucket; empty: ours
   * @param roleArn a role of the org's that is assumed for it; empty: our own role is admitted by
   *     the bucket's policy
   * @param externalId what the role's trust policy demands; an identifier, no secret
   */
  public record Destination(
      String bucket,
      String prefix,
      Optional<String> region,
      Optional<String> roleArn,
      Optional<String> externalId) {
    public Destination {
      if (!prefix.isEmpty() && !prefix.endsWith("/")) {
        throw new IllegalArgumentException(
            "Invalid prefix '" + prefix + "' of an export's destination: end it in a slash");
      }
    }
  }
}
