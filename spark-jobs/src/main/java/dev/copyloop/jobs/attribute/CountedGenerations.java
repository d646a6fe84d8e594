package dev.copyloop.jobs.attribute;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.udf;

import dev.copyloop.events.settings.Settings;
import dev.copyloop.jobs.attribute.settings.PersonKey;
import dev.copyloop.jobs.attribute.settings.SettingsIndex;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF2;
import org.apache.spark.sql.expressions.UserDefinedFunction;
import org.apache.spark.sql.types.DataTypes;

/** The generations that are counted: neither tests nor decisions for an org's own people. */
public final class CountedGenerations {

  private CountedGenerations() {}

  /** The counted ones, every column kept. */
  public static Dataset<Row> of(Dataset<Row> generations, Settings settings) {
    Dataset<Row> noTests = generations.where(not(col("test")));
    return hasInternalPeople(settings) ? noTests.where(not(internal(settings))) : noTests;
  }

  /** The columns that say whether a generation is counted. */
  public static List<String> columns(Settings settings) {
    return hasInternalPeople(settings) ? List.of("org", "test", "user_id") : List.of("org", "test");
  }

  private static boolean hasInternalPeople(Settings settings) {
    return settings.orgs().stream().anyMatch(org -> !org.internalRecipients().isEmpty());
  }

  private static Column internal(Settings settings) {
    SettingsIndex index = new SettingsIndex(settings);
    UserDefinedFunction internal =
        udf(
            (UDF2<String, String, Boolean>)
                (org, user) ->
                    index.isInternal(org, PersonKey.normalized(index.userKey(org), user)),
            DataTypes.BooleanType);
    return internal.apply(col("org"), col("user_id"));
  }
}
