package dev.copyloop.jobs.compact;

import static org.apache.spark.sql.functions.col;

import dev.copyloop.events.lake.QuarantineReason;
import dev.copyloop.events.landing.LandingKey;
import dev.copyloop.events.landing.LandingLineJson;
import dev.copyloop.jobs.lake.QuarantineTable;
import dev.copyloop.jobs.run.RunContext;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Which lines of the quarantine are read again: those of landing objects whose hour lies in the
 * range. An interrupted replay is taken up as it was planned.
 *
 * @param reasons why each line was set aside, by its landing place
 */
record ReplayPlan(Optional<Batch> batch, Map<String, String> reasons) {

  static ReplayPlan of(RunContext context, Ledger ledger, SigningKeys keys) throws IOException {
    if (!context.tables().exists(QuarantineTable.SPEC)) {
      return new ReplayPlan(Optional.empty(), Map.of());
    }
    Ledger.State state = ledger.read();
    Optional<Batch> open = state.unfinished().stream().filter(Batch::isReplay).findFirst();
    String id =
        open.map(Batch::id)
            .orElseGet(() -> Batch.nextId(context.runId() + Batch.REPLAY, state.batchIds()));
    Map<String, Map<Integer, String>> lines = new TreeMap<>();
    Map<String, String> reasons = new HashMap<>();
    Iterator<Row> rows = quarantined(context, id).toLocalIterator();
    while (rows.hasNext()) {
      Row row = rows.next();
      String object = row.getAs("landing_object");
      if (isMeant(context, open, object)) {
        int line = row.getAs("landing_line");
        String reason = row.getAs("reason");
        Optional<String> workspace = verifiedBy(row, reason, keys);
        if (workspace.isPresent() || !reason.equals(QuarantineReason.UNVERIFIED.label())) {
          lines.computeIfAbsent(object, each -> new HashMap<>()).put(line, workspace.orElse(null));
        }
        reasons.put(LandingPlace.of(object, line), reason);
      }
    }
    return new ReplayPlan(
        batch(id, open, state, lines, LandingObjects.list(context.bucket())), reasons);
  }

  private static Dataset<Row> quarantined(RunContext context, String id) {
    Column mine = col("recovered_by").isNull().or(col("recovered_by").equalTo(id));
    return context
        .tables()
        .read(QuarantineTable.SPEC)
        .where(mine.and(col("landing_line").gt(0)))
        .select("landing_object", "landing_line", "reason", "raw");
  }

  private static boolean isMeant(RunContext context, Optional<Batch> open, String object) {
    if (open.isPresent()) {
      return open.get().objects().stream().anyMatch(each -> each.key().equals(object));
    }
    return LandingKey.parse(object).filter(key -> context.range().contains(key.hour())).isPresent();
  }

  private static Optional<String> verifiedBy(Row row, String reason, SigningKeys keys)
      throws IOException {
    return reason.equals(QuarantineReason.UNVERIFIED.label())
        ? keys.verify(LandingLineJson.read(row.<byte[]>getAs("raw")))
        : Optional.empty();
  }

  private static Optional<Batch> batch(
      String id,
      Optional<Batch> open,
      Ledger.State state,
      Map<String, Map<Integer, String>> lines,
      Map<String, LandingObject> landed) {
    List<LandingObject> objects = new ArrayList<>();
    if (open.isPresent()) {
      for (LandingObject object : open.get().objects()) {
        objects.add(object.only(LineChoice.of(lines.getOrDefault(object.key(), Map.of()))));
      }
    } else {
      lines.forEach(
          (key, chosen) -> objects.add(state.objects().get(key).only(LineChoice.of(chosen))));
    }
    return objects.isEmpty()
        ? Optional.empty()
        : Optional.of(Batch.of(id, objects, open.isPresent()).at(landed));
  }
}
