package dev.copyloop.benchmarks.serving;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.copyloop.events.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** A run's results as text, Markdown and JSON. */
final class Report {
  private static final List<String> HEADER =
      List.of(
          "contender",
          "rps, 64",
          "rps, 256",
          "CPU µs, 64",
          "CPU µs, 256",
          "2,000/s: p50 ms",
          "p99",
          "p99.9",
          "10,000/s: p50",
          "p99",
          "p99.9",
          "syncs per 1,000",
          "rps, 1,280",
          "lines per object");

  private final Results results;

  Report(Results results) {
    this.results = results;
  }

  private List<List<String>> rows() {
    List<List<String>> rows = new ArrayList<>();
    for (String contender : results.contenders()) {
      Figures few = results.of(contender, Load.FEW);
      Figures many = results.of(contender, Load.MANY);
      List<String> row = new ArrayList<>();
      row.add(contender);
      row.add(number("%,.0f", few.perSecond()));
      row.add(number("%,.0f", many.perSecond()));
      row.add(number("%.1f", few.cpuMicros()));
      row.add(number("%.1f", many.cpuMicros()));
      row.addAll(percentiles(results.of(contender, Load.CALM)));
      Figures busy = results.of(contender, Load.BUSY);
      row.addAll(percentiles(busy));
      row.add(orNone("%.1f", busy.syncsPerThousand()));
      row.add(orNone("%,.0f", results.stormPerSecond(contender)));
      row.add(orNone("%,.0f", results.linesPerObject(contender)));
      rows.add(row);
    }
    return rows;
  }

  private static List<String> percentiles(Figures figures) {
    return List.of(
        number("%.2f", figures.percentileMillis(50)),
        number("%.2f", figures.percentileMillis(99)),
        number("%.2f", figures.percentileMillis(99.9)));
  }

  private static String number(String format, double value) {
    return String.format(Locale.ROOT, format, value);
  }

  private static String orNone(String format, double value) {
    return value == 0 ? "" : number(format, value);
  }

  private String disk() {
    return String.format(
        Locale.ROOT,
        "The disk alone, append 4 KiB and sync: p50 %.2f ms, p99 %.2f ms",
        results.disk().getValueAtPercentile(50) / 1e6,
        results.disk().getValueAtPercentile(99) / 1e6);
  }

  /** For a terminal. */
  String text() {
    List<List<String>> lines = new ArrayList<>();
    lines.add(HEADER);
    lines.addAll(rows());
    StringBuilder text = new StringBuilder("\n");
    for (List<String> line : lines) {
      for (int column = 0; column < HEADER.size(); column++) {
        int width = width(lines, column);
        text.append(
            String.format(
                column == 0 ? "%-" + width + "s" : "  %" + width + "s", line.get(column)));
      }
      text.append('\n');
    }
    text.append('\n').append(disk()).append("\n\n");
    new Targets(results).all().forEach(target -> text.append(target.text()).append('\n'));
    return text.toString();
  }

  private static int width(List<List<String>> lines, int column) {
    return lines.stream().mapToInt(line -> line.get(column).length()).max().orElse(1);
  }

  /** For a README. */
  String markdown() {
    StringBuilder text = new StringBuilder();
    text.append("| ").append(String.join(" | ", HEADER)).append(" |\n");
    text.append("|").append(" --- |".repeat(HEADER.size())).append('\n');
    for (List<String> row : rows()) {
      text.append("| ").append(String.join(" | ", row)).append(" |\n");
    }
    text.append('\n').append(disk()).append(".\n\n");
    text.append(
        new Targets(results)
            .all().stream()
                .map(target -> "* " + target.text() + "\n")
                .collect(Collectors.joining()));
    return text.toString();
  }

  /** For a program. */
  String json() {
    ObjectNode root = Json.mapper().createObjectNode();
    root.put("processors", Runtime.getRuntime().availableProcessors());
    root.put("java", Runtime.version().toString());
    root.put("disk_sync_p50_ms", results.disk().getValueAtPercentile(50) / 1e6);
    root.put("disk_sync_p99_ms", results.disk().getValueAtPercentile(99) / 1e6);
    ArrayNode figures = root.putArray("figures");
    for (String contender : results.contenders()) {
      for (Load load : results.loads(contender)) {
        figure(figures.addObject().put("contender", contender), load, results.of(contender, load));
      }
    }
    ArrayNode targets = root.putArray("targets");
    for (Targets.Target target : new Targets(results).all()) {
      targets
          .addObject()
          .put("name", target.name())
          .put("measured", target.measured())
          .put("bound", target.bound())
          .put("met", target.met());
    }
    return root.toPrettyString() + "\n";
  }

  private static void figure(ObjectNode node, Load load, Figures figures) {
    node.put("load", load.name());
    node.put("per_second", figures.perSecond());
    node.put("cpu_micros", figures.cpuMicros());
    node.put("p50_ms", figures.percentileMillis(50));
    node.put("p99_ms", figures.percentileMillis(99));
    node.put("p999_ms", figures.percentileMillis(99.9));
    node.put("refused", figures.refused());
    node.put("syncs_per_thousand", figures.syncsPerThousand());
  }
}
