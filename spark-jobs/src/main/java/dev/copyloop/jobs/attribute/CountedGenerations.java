package dev.copyloop.jobs.attribute;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.udf;

import dev.copyloop.events.settings.Settings;
import dev.copyloop.jobs.attribute.settings.PersonKey;
import dev.copyloop.jobs.attribute.settings.SettingsIndex;
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
    boolean hasInternalPeople =
        settings.orgs().stream().anyMatch(org -> !org.internalRecipients().isEmpty());
    return hasInternalPeople ? noTests.where(not(internal(settings))) : noTests;
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
