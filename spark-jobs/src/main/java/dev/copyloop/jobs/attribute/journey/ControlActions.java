package dev.copyloop.jobs.attribute.journey;

import static org.apache.spark.sql.functions.col;

import dev.copyloop.jobs.attribute.row.RowCursor;
import dev.copyloop.jobs.attribute.settings.SettingsIndex;
import dev.copyloop.jobs.lake.InternalRows;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Decides the inferred controls: they hold only if all of a binding's candidates come from one
 * action. With several, the binding must name its control action.
 */
final class ControlActions {

  private ControlActions() {}

  static Dataset<Row> resolve(Dataset<Row> deliveries, SettingsIndex settings) {
    if (!settings.infersControls()) {
      return deliveries;
    }
    Map<String, List<String>> candidates = candidates(deliveries);
    return candidates.isEmpty()
        ? deliveries
        : InternalRows.frame(
            deliveries.sparkSession(),
            InternalRows.of(deliveries)
                .map(
                    row ->
                        DeliveryRows.write(
                            decided(DeliveryRows.read(new RowCursor(row)), candidates))),
            DeliveryRows.SCHEMA);
  }

  /** The actions of each binding's inferred controls, sorted. */
  private static Map<String, List<String>> candidates(Dataset<Row> deliveries) {
    Map<String, TreeSet<String>> actions = new HashMap<>();
    Iterator<Row> pairs =
        deliveries
            .where(col("awaits_control_action"))
            .select("binding_id", "action_id")
            .distinct()
            .toLocalIterator();
    pairs.forEachRemaining(
        pair ->
            actions
                .computeIfAbsent(pair.getString(0), key -> new TreeSet<>())
                .add(pair.getString(1)));
    Map<String, List<String>> candidates = new HashMap<>();
    actions.forEach((binding, sorted) -> candidates.put(binding, List.copyOf(sorted)));
    return candidates;
  }

  static Delivery decided(Delivery delivery, Map<String, List<String>> candidates) {
    if (!delivery.claim().awaitsControlAction()) {
      return delivery;
    }
    List<String> actions = candidates.get(delivery.claim().bindingId());
    return actions.size() == 1
        ? delivery.with(delivery.claim().confirmed(), delivery.copy())
        : delivery.unattributed(Claim.controlActionNeeded(actions));
  }
}
