package dev.copyloop.jobs.metrics;

import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.shiftright;
import static org.apache.spark.sql.functions.when;

import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;

/** A set of measures as a long: a bit for each, in the order of {@link Measures#ALL}. */
final class MeasureBits {

  private MeasureBits() {}

  /** The measures whose conditions hold, of which null does not. */
  static Column of(Map<String, Column> conditions) {
    Column bits = lit(0L);
    for (Map.Entry<String, Column> measure : conditions.entrySet()) {
      Column bit = when(measure.getValue(), lit(1L << place(measure.getKey()))).otherwise(lit(0L));
      bits = bits.bitwiseOR(bit);
    }
    return bits;
  }

  /** 1 if the measure is in the set, otherwise 0. */
  static Column has(Column bits, String measure) {
    return shiftright(bits, place(measure)).bitwiseAND(lit(1L));
  }

  private static int place(String measure) {
    List<String> all = Measures.ALL;
    int place = all.indexOf(measure);
    if (place < 0 || place >= Long.SIZE - 1) {
      throw new IllegalArgumentException(
          "Measure %s has no bit among %d measures".formatted(measure, all.size()));
    }
    return place;
  }
}
