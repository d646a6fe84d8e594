package dev.copyloop.jobs.attribute;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;

import dev.copyloop.events.generation.Arm;
import dev.copyloop.jobs.attribute.journey.ArmSource;
import dev.copyloop.jobs.attribute.journey.ControlActions;
import dev.copyloop.jobs.attribute.journey.UnattributedReason;
import dev.copyloop.jobs.attribute.table.AttributionKeys;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The deliveries of a table that could be controls of bindings which leave the action open. Whether
 * they are depends on all actions of their binding's candidates.
 */
final class InferredControls {
  static final InferredControls NONE = new InferredControls(Optional.empty());

  private final Optional<Dataset<Row>> rows;
  private final Map<String, SortedSet<String>> actions = new TreeMap<>();
  private final Map<String, SortedSet<String>> decidedBy = new TreeMap<>();

  private InferredControls(Optional<Dataset<Row>> rows) {
    this.rows = rows;
  }

  /**
   * Those among deliveries.
   *
   * @param deliveries rows of the table
   */
  static InferredControls of(Dataset<Row> deliveries) {
    Column confirmed =
        col("arm")
            .equalTo(Arm.CONTROL.label())
            .and(col("arm_source").equalTo(ArmSource.INFERRED.label()));
    Column several = col("reason").equalTo(UnattributedReason.CONTROL_ACTION_NEEDED.label());
    InferredControls controls =
        new InferredControls(Optional.of(deliveries.where(confirmed.or(several))));
    controls.collect();
    return controls;
  }

  private void collect() {
    Column decision = coalesce(col("candidates"), array(col("action_id")));
    for (Row row :
        rows.orElseThrow()
            .select(col("binding_id"), col("action_id"), decision)
            .distinct()
            .collectAsList()) {
      String binding = row.getString(0);
      actions.computeIfAbsent(binding, key -> new TreeSet<>()).add(row.getString(1));
      decidedBy.put(binding, new TreeSet<>(row.getList(2)));
    }
  }

  /** The actions that they come from, by binding. */
  Map<String, SortedSet<String>> actions() {
    return actions;
  }

  /** Keys of those whose bindings have other candidates now; empty if there are none. */
  Optional<Dataset<Row>> outdated(ControlActions now) {
    List<String> changed =
        decidedBy.entrySet().stream()
            .filter(binding -> !now.are(binding.getKey(), binding.getValue()))
            .map(Map.Entry::getKey)
            .toList();
    return changed.isEmpty()
        ? Optional.empty()
        : rows.map(
            all ->
                all.where(col("binding_id").isin(changed.toArray()))
                    .select(AttributionKeys.ofRow().as(AttributionKeys.KEY)));
  }
}
