package dev.copyloop.jobs.compact;

import dev.copyloop.jobs.lake.TableSpec;
import java.util.Optional;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;

/** Fills a row column by column; what is not set is null. */
final class RowBuilder {
  private final StructType schema;
  private final Object[] values;

  RowBuilder(TableSpec table) {
    schema = table.schema();
    values = new Object[schema.length()];
  }

  RowBuilder set(String column, Object value) {
    values[schema.fieldIndex(column)] = value;
    return this;
  }

  RowBuilder set(String column, Optional<?> value) {
    return set(column, (Object) value.orElse(null));
  }

  Row row() {
    return RowFactory.create(values);
  }
}
