package dev.copyloop.jobs.publish;

import dev.copyloop.events.settings.Calendar;
import dev.copyloop.events.settings.Settings;
import dev.copyloop.jobs.lake.Arrival;
import dev.copyloop.jobs.lake.InternalRows;
import dev.copyloop.jobs.lake.LakeTables;
import dev.copyloop.jobs.lake.Publication;
import dev.copyloop.jobs.lake.RestatementsTable;
import dev.copyloop.jobs.run.RunContext;
import dev.copyloop.jobs.run.RunMode;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/**
 * Writes down which published figures changed though readers could take them for final, and why.
 *
 * <p>A day still open changes every night: that is no restatement, whatever settings changed
 * meanwhile.
 */
final class RestatementRows {
  private final RunContext context;
  private final Publication before;
  private final Publication after;
  private final Settings settings;

  RestatementRows(RunContext context, Publication before, Publication after, Settings settings) {
    this.context = context;
    this.before = before;
    this.after = after;
    this.settings = settings;
  }

  /**
   * Brings the restatements of the state that is about to be published into their table, in place
   * of those an interrupted run may have left there, and tells how many they are.
   */
  int write(List<ChangedFigure> changedFigures) {
    List<Row> rows = new ArrayList<>();
    for (ChangedFigure figure : changedFigures) {
      reason(figure).ifPresent(reason -> rows.add(row(figure, reason)));
    }
    LakeTables tables = context.tables();
    String mine = "published = " + after.number();
    boolean left =
        !tables.isKnownEmpty(RestatementsTable.SPEC)
            && !tables.read(RestatementsTable.SPEC).where(mine).isEmpty();
    if (left) {
      tables.replaceWhere(RestatementsTable.SPEC, frame(rows), mine, Optional.empty());
    } else if (!rows.isEmpty()) {
      tables.append(RestatementsTable.SPEC, InternalRows.of(frame(rows)), Optional.empty());
    }
    return rows.size();
  }

  private Dataset<Row> frame(List<Row> rows) {
    return context.spark().createDataFrame(rows, RestatementsTable.SPEC.schema()).coalesce(1);
  }

  /** Whether a figure of that day that changed would be a restatement, whichever org's it is. */
  boolean isTold(LocalDate day) {
    return Stream.concat(settings.orgs().stream().map(Calendar::of), Stream.of(Calendar.UTC))
        .anyMatch(calendar -> reason(calendar, day).isPresent());
  }

  private Optional<String> reason(ChangedFigure figure) {
    Calendar calendar = Calendar.of(settings, figure.org());
    return reason(calendar, figure.day());
  }

  /** Why a figure of an org with that calendar was restated; empty if it is not final. */
  private Optional<String> reason(Calendar calendar, LocalDate day) {
    if (context.mode() == RunMode.REBUILD || isBackfilled(calendar, day)) {
      return Optional.of(context.mode().label());
    }
    if (!before.codeVersion().equals(after.codeVersion())) {
      return Optional.of("code");
    }
    if (finalAfter(calendar, day).isAfter(before.publishedAt())) {
      return Optional.empty();
    }
    return Optional.of(
        before.settingsSha256().equals(after.settingsSha256()) ? "late" : "settings");
  }

  /** Whether some of the day lies in the range of a backfill. */
  private boolean isBackfilled(Calendar calendar, LocalDate day) {
    if (context.mode() != RunMode.BACKFILL) {
      return false;
    }
    return calendar.start(day).isBefore(context.range().to().orElseThrow())
        && calendar.end(day).isAfter(context.range().from().orElseThrow());
  }

  private static Instant finalAfter(Calendar calendar, LocalDate day) {
    return calendar.end(day).plus(Arrival.LATEST);
  }

  private Row row(ChangedFigure figure, String reason) {
    return RowFactory.create(
        after.number(),
        after.publishedAt(),
        figure.org(),
        figure.dataset(),
        figure.day(),
        figure.about("template_id"),
        figure.about("copy_key"),
        figure.about("arm"),
        figure.about("rule_id"),
        figure.ruleVersion(),
        figure.about("currency"),
        figure.measure(),
        figure.before(),
        figure.after(),
        reason,
        after.runId(),
        after.codeVersion(),
        after.settingsSha256(),
        before.codeVersion(),
        before.settingsSha256());
  }
}
