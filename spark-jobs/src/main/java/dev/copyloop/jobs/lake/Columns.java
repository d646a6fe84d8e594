package dev.copyloop.jobs.lake;

import java.math.BigDecimal;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.StructType;

/** Spells a schema column by column. */
public final class Columns {
  /** Money and credit. */
  public static final DecimalType MONEY = DataTypes.createDecimalType(20, 6);

  /** The greatest amount that a column of {@link #MONEY} holds. */
  public static final BigDecimal GREATEST_AMOUNT = new BigDecimal("99999999999999.999999");

  /** Text by text. */
  public static final DataType TEXTS =
      DataTypes.createMapType(DataTypes.StringType, DataTypes.StringType, false);

  private StructType schema = new StructType();

  /** Adds columns that are never null. */
  public Columns required(DataType type, String... names) {
    return add(type, false, names);
  }

  /** Adds columns that may be null. */
  public Columns optional(DataType type, String... names) {
    return add(type, true, names);
  }

  private Columns add(DataType type, boolean nullable, String... names) {
    for (String name : names) {
      schema = schema.add(name, type, nullable);
    }
    return this;
  }

  /** The schema spelled so far. */
  public StructType schema() {
    return schema;
  }
}
