package dev.copyloop.jobs.export;

import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DateType;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.DoubleType;
import org.apache.spark.sql.types.IntegerType;
import org.apache.spark.sql.types.LongType;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.types.TimestampType;

/** The Avro schema of an exported file: a column that may be null is a union with null first. */
final class AvroSchema {
  private AvroSchema() {}

  static Schema of(StructType columns) {
    SchemaBuilder.FieldAssembler<Schema> record =
        SchemaBuilder.record("copyloop").namespace("dev.copyloop").fields();
    for (StructField column : columns.fields()) {
      Schema type = type(column.dataType());
      record =
          column.nullable()
              ? record
                  .name(column.name())
                  .type(Schema.createUnion(Schema.create(Schema.Type.NULL), type))
                  .withDefault(null)
              : record.name(column.name()).type(type).noDefault();
    }
    return record.endRecord();
  }

  private static Schema type(DataType type) {
    if (type instanceof StringType) {
      return Schema.create(Schema.Type.STRING);
    }
    if (type instanceof LongType) {
      return Schema.create(Schema.Type.LONG);
    }
    if (type instanceof IntegerType) {
      return Schema.create(Schema.Type.INT);
    }
    if (type instanceof DoubleType) {
      return Schema.create(Schema.Type.DOUBLE);
    }
    if (type instanceof BooleanType) {
      return Schema.create(Schema.Type.BOOLEAN);
    }
    return logical(type);
  }

  private static Schema logical(DataType type) {
    if (type instanceof TimestampType) {
      return LogicalTypes.timestampMicros().addToSchema(Schema.create(Schema.Type.LONG));
    }
    if (type instanceof DateType) {
      return LogicalTypes.date().addToSchema(Schema.create(Schema.Type.INT));
    }
    if (type instanceof DecimalType decimal) {
      return LogicalTypes.decimal(decimal.precision(), decimal.scale())
          .addToSchema(Schema.create(Schema.Type.BYTES));
    }
    if (type instanceof MapType) {
      return Schema.createMap(
          Schema.createUnion(Schema.create(Schema.Type.NULL), Schema.create(Schema.Type.STRING)));
    }
    throw new IllegalArgumentException("Cannot export a column of type " + type.simpleString());
  }
}
