package dev.copyloop.jobs.report;

import java.util.ArrayList;
import java.util.List;

/** Aligned columns of text: names to the left, figures to the right. */
final class TextTable {

  private final int names;
  private final List<String[]> rows = new ArrayList<>();

  /**
   * @param names how many of the first columns are names
   */
  TextTable(int names, String... header) {
    this.names = names;
    rows.add(header);
  }

  void row(String... cells) {
    rows.add(cells);
  }

  List<String> lines() {
    int columns = rows.get(0).length;
    int[] widths = new int[columns];
    for (String[] row : rows) {
      for (int i = 0; i < columns; i++) {
        widths[i] = Math.max(widths[i], row[i].length());
      }
    }
    return rows.stream().map(row -> line(row, widths)).toList();
  }

  private String line(String[] row, int[] widths) {
    StringBuilder line = new StringBuilder("  ");
    for (int i = 0; i < row.length; i++) {
      String padding = " ".repeat(widths[i] - row[i].length());
      line.append(i == 0 ? "" : " ");
      line.append(i < names ? row[i] + padding : padding + row[i]);
    }
    return line.toString().stripTrailing();
  }
}
