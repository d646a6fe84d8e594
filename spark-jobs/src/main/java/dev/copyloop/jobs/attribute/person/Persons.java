package dev.copyloop.jobs.attribute.person;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat_ws;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.udf;
import static org.apache.spark.sql.functions.when;
import static org.apache.spark.sql.functions.xxhash64;

import dev.copyloop.events.settings.UserKey;
import dev.copyloop.jobs.attribute.settings.Identifier;
import dev.copyloop.jobs.attribute.settings.PersonKey;
import dev.copyloop.jobs.attribute.settings.PersonKeys;
import dev.copyloop.jobs.attribute.settings.SettingsIndex;
import dev.copyloop.jobs.attribute.table.AttributionKeys;
import dev.copyloop.jobs.attribute.table.AttributionTables;
import dev.copyloop.jobs.hash.WantedHashes;
import dev.copyloop.jobs.lake.GroupSums;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF2;
import org.apache.spark.sql.api.java.UDF3;
import org.apache.spark.sql.types.DataTypes;

/**
 * Replaces the names that rows call people by with those of the persons they turned out to be. Rows
 * have the columns {@code org}, {@code person} (null: nobody) and {@code keyed}: whether that name
 * is an identifier of the org's key. Identifiers of the key are never ambiguous and rarely merged,
 * so most rows meet only the few merged ones.
 */
public final class Persons {

  /** The reason of a row that names its person by an identifier that several share. */
  public static final String USER_AMBIGUOUS = "user_ambiguous";

  private static final String REASON = "person_reason";
  private static final String KEYED = "keyed";

  private final SettingsIndex settings;

  /** The names that stand for somebody else or for nobody. */
  private final Dataset<Row> names;

  private final boolean hasNames;

  /** Those of them that are of the key. */
  private final Dataset<Row> merged;

  private final long mergedCount;

  /**
   * @param identifiers shaped as {@link AttributionTables#PERSON_IDENTIFIERS}; read more than once
   */
  public Persons(Dataset<Row> identifiers, SettingsIndex settings) {
    this.settings = settings;
    this.names =
        identifiers
            .select(
                col("org").as("name_org"),
                ownName(settings).as("name"),
                isKey(settings).as("is_key"),
                col("person").as("actual"),
                col("ambiguous"))
            .where(not(col("name").eqNullSafe(col("actual"))));
    long[] counts =
        GroupSums.of(names.select(lit(1L), col("is_key").cast("bigint")), 0)
            .getOrDefault(List.of(), new long[2]);
    this.hasNames = counts[0] > 0;
    this.mergedCount = counts[1];
    Dataset<Row> ofKey = names.where(col("is_key"));
    this.merged = mergedCount > 0 ? AttributionKeys.kept(ofKey) : ofKey;
  }

  /** The name of a person of whom only a row's {@code identifier} is known. */
  public static Column ownName(SettingsIndex settings) {
    return when(isKey(settings), col("identifier"))
        .otherwise(concat_ws(":", col("kind"), col("identifier")));
  }

  /** The identifier of its org's key that a row's {@code person} is, if that is one. */
  public static Column keyText(SettingsIndex settings) {
    return concat_ws(":", key(settings), col("person"));
  }

  /** Whether a row's {@code kind} is that of its org's key. */
  private static Column isKey(SettingsIndex settings) {
    return col("kind").equalTo(key(settings));
  }

  private static Column key(SettingsIndex settings) {
    return when(isOfOrgs(settings, UserKey.EMAIL), lit(UserKey.EMAIL.label()))
        .when(isOfOrgs(settings, UserKey.CIO_ID), lit(UserKey.CIO_ID.label()))
        .otherwise(lit(UserKey.ID.label()));
  }

  private static Column isOfOrgs(SettingsIndex settings, UserKey key) {
    return col("org").isin(settings.orgs(key).toArray());
  }

  /** The name that a call of generate calls its person by, from the column {@code user_id}. */
  public static Column ofCaller(SettingsIndex settings) {
    return udf(
            (UDF2<String, String, String>)
                (org, user) -> PersonKey.normalized(settings.personKeys(org).key(), user),
            DataTypes.StringType)
        .apply(col("org"), col("user_id"));
  }

  /**
   * The name that an event of the org's own calls its person by, from the column {@code user_id}.
   */
  public static Column ofOwnEvent(SettingsIndex settings) {
    return udf(
            (UDF2<String, String, String>)
                (org, user) -> {
                  PersonKeys keys = settings.personKeys(org);
                  Identifier identifier = Identifier.of(keys.eventKey(), user);
                  return identifier == null ? null : keys.ownName(identifier);
                },
            DataTypes.StringType)
        .apply(col("org"), col("user_id"));
  }

  /** The identifier that a row calls its person by, as {@code <kind>:<identifier>}. */
  public static Column text(SettingsIndex settings) {
    return udf(
            (UDF3<String, String, Boolean, String>)
                (org, person, keyed) ->
                    person != null && keyed
                        ? new Identifier(settings.personKeys(org).key(), person).text()
                        : person,
            DataTypes.StringType)
        .apply(col("org"), col("person"), col("keyed"));
  }

  /** Whether the org's own events call people by its key. */
  public static Column isKeyed(SettingsIndex settings) {
    return udf(
            (String org) -> settings.personKeys(org).key() == settings.personKeys(org).eventKey(),
            DataTypes.BooleanType)
        .apply(col("org"));
  }

  /**
   * The same rows, {@code person} replaced: null where the name stands for nobody, and {@code
   * person_reason} says so.
   */
  public Dataset<Row> resolved(Dataset<Row> rows) {
    if (!hasNames) {
      return unchanged(rows);
    }
    WantedHashes called = called(rows);
    if (called.count() == 0) {
      return mergedCount == 0 ? unchanged(rows) : replaced(rows, merged, mergedCount);
    }
    Dataset<Row> others = AttributionKeys.kept(merged.unionByName(names(called)));
    long count = GroupSums.count(others);
    return count == 0 ? unchanged(rows) : replaced(rows, others, count);
  }

  /** The same of rows all of which call people by the key; a column that says so is added. */
  public Dataset<Row> resolvedByKey(Dataset<Row> rows) {
    Dataset<Row> keyed = rows.withColumn(KEYED, lit(true));
    return mergedCount == 0 ? unchanged(keyed) : replaced(keyed, merged, mergedCount);
  }

  /** The same of the orgs' own events; a column that says what calls a person is added. */
  public Dataset<Row> resolvedOwnEvents(Dataset<Row> events) {
    return settings.callsByKeys()
        ? resolvedByKey(events)
        : resolved(events.withColumn(KEYED, isKeyed(settings)));
  }

  private static Dataset<Row> unchanged(Dataset<Row> rows) {
    return List.of(rows.columns()).contains(REASON)
        ? rows
        : rows.withColumn(REASON, lit(null).cast("string"));
  }

  /** The names by which rows call people, other than those of the key. */
  private static WantedHashes called(Dataset<Row> rows) {
    Column ofOthers = not(col("keyed")).and(col("person").isNotNull());
    return WantedHashes.of(rows.where(ofOthers).select(xxhash64(col("org"), col("person"))));
  }

  /** Those of some names that stand for somebody else, or for nobody. */
  private Dataset<Row> names(WantedHashes called) {
    return called.among(names.where(not(col("is_key"))), xxhash64(col("name_org"), col("name")));
  }

  private static Dataset<Row> replaced(Dataset<Row> rows, Dataset<Row> by, long count) {
    Column same =
        col("org")
            .equalTo(col("name_org"))
            .and(col("person").equalTo(col("name")))
            .and(col("keyed").equalTo(col("is_key")));
    return rows.join(AttributionKeys.buildSide(by, count), same, "left")
        .withColumn(
            "person",
            when(col("ambiguous"), lit(null)).otherwise(coalesce(col("actual"), col("person"))))
        .withColumn(REASON, when(col("ambiguous"), lit(USER_AMBIGUOUS)))
        .drop("name_org", "name", "is_key", "actual", "ambiguous");
  }
}
