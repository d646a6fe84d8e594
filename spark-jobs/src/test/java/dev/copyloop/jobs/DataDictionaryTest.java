package dev.copyloop.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.copyloop.jobs.attribute.table.AttributionTables;
import dev.copyloop.jobs.lake.EventsTable;
import dev.copyloop.jobs.lake.GenerationsTable;
import dev.copyloop.jobs.lake.LedgerTable;
import dev.copyloop.jobs.lake.QuarantineTable;
import dev.copyloop.jobs.lake.RestatementsTable;
import dev.copyloop.jobs.lake.TableSpec;
import dev.copyloop.jobs.metrics.MetricsTables;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DataDictionaryTest {
  private static final Path PAGE = Path.of("..", "docs", "data-dictionary.md");
  private static final Pattern TABLE = Pattern.compile("## (\\w+)");
  private static final Pattern COLUMN = Pattern.compile("\\| (\\w+) \\| ([\\w(),<>]+) \\|.*");

  static List<TableSpec> tables() {
    return List.of(
        LedgerTable.SPEC,
        EventsTable.SPEC,
        QuarantineTable.SPEC,
        GenerationsTable.SPEC,
        AttributionTables.DELIVERIES,
        AttributionTables.ENGAGEMENTS,
        AttributionTables.WEBHOOK_CALLS,
        AttributionTables.ATTRIBUTED_EVENTS,
        AttributionTables.PERSON_IDENTIFIERS,
        AttributionTables.PERSON_UNSUBSCRIBES,
        AttributionTables.ATTRIBUTION_KEYS,
        MetricsTables.DAILY_METRICS,
        MetricsTables.DAILY_CUSTOM_METRICS,
        MetricsTables.COPIES,
        MetricsTables.EXPERIMENTS,
        RestatementsTable.SPEC);
  }

  @ParameterizedTest
  @MethodSource("tables")
  void namesEveryColumnInOrderWithItsType(TableSpec table) throws IOException {
    List<String> columns =
        Arrays.stream(table.schema().fields())
            .map(field -> field.name() + " " + field.dataType().catalogString())
            .toList();
    assertThat(documented().get(table.name())).isEqualTo(columns);
  }

  @Test
  void namesNoTableThatDoesNotExist() throws IOException {
    assertThat(documented().keySet())
        .containsExactlyElementsOf(tables().stream().map(TableSpec::name).toList());
  }

  /** Table to its "column type" lines. */
  private static Map<String, List<String>> documented() throws IOException {
    Map<String, List<String>> tables = new LinkedHashMap<>();
    List<String> columns = new ArrayList<>();
    for (String line : Files.readAllLines(PAGE)) {
      Matcher table = TABLE.matcher(line);
      Matcher column = COLUMN.matcher(line);
      if (table.matches()) {
        columns = new ArrayList<>();
        tables.put(table.group(1), columns);
      } else if (column.matches() && !column.group(1).equals("column")) {
        columns.add(column.group(1) + " " + column.group(2));
      }
    }
    return tables;
  }
}
