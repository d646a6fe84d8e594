package dev.copyloop.jobs.attribute.person;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.types.DataTypes.BooleanType;
import static org.apache.spark.sql.types.DataTypes.DateType;
import static org.apache.spark.sql.types.DataTypes.StringType;
import static org.apache.spark.sql.types.DataTypes.TimestampType;

import dev.copyloop.events.landing.Source;
import dev.copyloop.events.landing.Verification;
import dev.copyloop.jobs.attribute.settings.Identifier;
import dev.copyloop.jobs.attribute.settings.PersonKeys;
import dev.copyloop.jobs.attribute.settings.SettingsIndex;
import dev.copyloop.jobs.lake.Columns;
import java.util.Set;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** Customer.io's events that are about a person and no delivery. */
public final class PersonEvents {

  private static final String UNSUBSCRIBED = "unsubscribed";

  private static final StructType SCHEMA =
      new Columns()
          .required(DateType, "date")
          .required(StringType, "org")
          .optional(StringType, "workspace")
          .required(StringType, "event_id")
          .required(TimestampType, "occurred_at")
          .optional(StringType, "channel", "campaign_id", "broadcast_id", "newsletter_id")
          .optional(StringType, "person", "person_reason")
          .required(BooleanType, "keyed")
          .required(DataTypes.createArrayType(StringType, false), "identifiers")
          .schema();

  private PersonEvents() {}

  /** Who unsubscribed as such, with the columns that {@link Persons} takes. */
  public static Dataset<Row> unsubscribes(Dataset<Row> events, SettingsIndex settings) {
    return events
        .where(
            col("source")
                .equalTo(Source.CIO.label())
                .and(col("delivery_id").isNull())
                .and(col("metric").equalTo(UNSUBSCRIBED))
                .and(col("verification").notEqual(Verification.UNVERIFIED.label())))
        .select(
            "date",
            "org",
            "workspace",
            "event_id",
            "occurred_at",
            "object_type",
            "campaign_id",
            "broadcast_id",
            "newsletter_id",
            "person_id",
            "customer_id",
            "person_email",
            "person_cio_id")
        .map(
            (MapFunction<Row, Row>) row -> unsubscribe(row, settings.personKeys(row.getString(1))),
            Encoders.row(SCHEMA));
  }

  private static Row unsubscribe(Row row, PersonKeys keys) {
    Set<Identifier> identifiers =
        PersonKeys.identifiers(
            row.getString(9), row.getString(10), row.getString(11), row.getString(12));
    Identifier strongest = keys.strongest(identifiers);
    return RowFactory.create(
        row.get(0),
        row.get(1),
        row.get(2),
        row.get(3),
        row.get(4),
        row.get(5),
        row.get(6),
        row.get(7),
        row.get(8),
        strongest == null ? null : keys.ownName(strongest),
        null,
        strongest == null || keys.isKey(strongest),
        PersonKeys.texts(identifiers).toArray(String[]::new));
  }
}
