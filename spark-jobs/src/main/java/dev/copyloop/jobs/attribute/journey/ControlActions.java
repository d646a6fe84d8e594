package dev.copyloop.jobs.attribute.journey;

import static org.apache.spark.sql.functions.col;

import dev.copyloop.jobs.attribute.row.RowCursor;
import dev.copyloop.jobs.attribute.settings.SettingsIndex;
import dev.copyloop.jobs.lake.InternalRows;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The actions of each binding's inferred controls. They hold only if all of a binding's candidates
 * come from one action; with several, the binding must name its control action.
 */
public final class ControlActions {

  private final Map<String, SortedSet<String>> candidates;

  private ControlActions(Map<String, SortedSet<String>> candidates) {
    this.candidates = candidates;
  }

  /**
   * Those of deliveries that await the decision, and of others.
   *
   * @param deliveries shaped as {@link DeliveryRows#SCHEMA}
   * @param elsewhere the actions of other deliveries' inferred controls, by binding
   */
  public static ControlActions of(
      Dataset<Row> deliveries, Map<String, SortedSet<String>> elsewhere, SettingsIndex settings) {
    Map<String, SortedSet<String>> candidates = new HashMap<>();
    elsewhere.forEach((binding, actions) -> candidates.put(binding, new TreeSet<>(actions)));
    if (settings.infersControls()) {
      deliveries
          .where(col("awaits_control_action"))
          .select("binding_id", "action_id")
          .distinct()
          .collectAsList()
          .forEach(
              pair ->
                  candidates
                      .computeIfAbsent(pair.getString(0), key -> new TreeSet<>())
                      .add(pair.getString(1)));
    }
    return new ControlActions(candidates);
  }

  /** Whether these are the actions of a binding. */
  public boolean are(String binding, SortedSet<String> actions) {
    return actions.equals(candidates.get(binding));
  }

  /** The same deliveries, those decided that await it. */
  Dataset<Row> decide(Dataset<Row> deliveries) {
    if (candidates.isEmpty()) {
      return deliveries;
    }
    Map<String, List<String>> sorted = new HashMap<>();
    candidates.forEach((binding, actions) -> sorted.put(binding, List.copyOf(actions)));
    return InternalRows.frame(
        deliveries.sparkSession(),
        InternalRows.of(deliveries)
            .map(row -> DeliveryRows.write(decided(DeliveryRows.read(new RowCursor(row)), sorted))),
        DeliveryRows.SCHEMA);
  }

  static Delivery decided(Delivery delivery, Map<String, List<String>> candidates) {
    if (!delivery.claim().awaitsControlAction()) {
      return delivery;
    }
    String binding = delivery.claim().bindingId();
    List<String> actions = candidates.get(binding);
    return actions.size() == 1
        ? delivery.with(delivery.claim().confirmed(), delivery.copy())
        : delivery.unattributed(Claim.controlActionNeeded(binding, actions));
  }
}
