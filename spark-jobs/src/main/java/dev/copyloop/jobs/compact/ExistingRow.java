package dev.copyloop.jobs.compact;

import java.util.ArrayList;
import java.util.List;

/**
 * What the text of a table row's {@link LineKey} says.
 *
 * @param batchId the batch that first brought the row
 * @param place where its line landed
 * @param callIds of a generation its calls, sorted; of an event none
 * @param callLines where they landed, in that order
 */
record ExistingRow(String batchId, String place, List<String> callIds, List<String> callLines) {
  private static final String SEPARATOR = "\n";

  String text() {
    List<String> parts = new ArrayList<>();
    parts.add(batchId);
    parts.add(place);
    parts.addAll(callIds);
    parts.addAll(callLines);
    return String.join(SEPARATOR, parts);
  }

  static ExistingRow of(LineKey key) {
    List<String> parts = List.of(key.text().split(SEPARATOR, -1));
    int calls = (parts.size() - 2) / 2;
    return new ExistingRow(
        parts.get(0),
        parts.get(1),
        parts.subList(2, 2 + calls),
        parts.subList(2 + calls, parts.size()));
  }
}
