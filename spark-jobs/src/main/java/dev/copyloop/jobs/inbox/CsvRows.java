package dev.copyloop.jobs.inbox;

import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A CSV file with a header: a column is the member of that name, {@code properties.x} the property
 * {@code x}; an empty field is an absent member.
 */
final class CsvRows implements InboxRows {
  private final CsvRecords records;
  private List<String> header;

  CsvRows(FileLines lines) {
    this.records = new CsvRecords(lines);
  }

  @Override
  public InboxRow next() throws IOException {
    if (header == null) {
      header = header();
    }
    CsvRecords.Csv record = records.next();
    if (record == null) {
      return null;
    }
    if (record.problem().isPresent()) {
      return InboxRow.broken(record.line(), record.problem().get());
    }
    if (record.fields().size() != header.size()) {
      return InboxRow.broken(
          record.line(),
          "%d fields where the header has %d".formatted(record.fields().size(), header.size()));
    }
    EventObject event = new EventObject();
    for (int i = 0; i < header.size(); i++) {
      event.text(header.get(i), record.fields().get(i));
    }
    return event.row(record.line());
  }

  private List<String> header() throws IOException {
    CsvRecords.Csv record = records.next();
    if (record == null) {
      throw new InvalidFileException(
          "The file has no header: name its columns in the first line, such as"
              + " id,user_id,name,timestamp,value,currency,properties.plan");
    }
    if (record.problem().isPresent()) {
      throw new InvalidFileException(
          "The header in line %d can't be read: %s. Write the file in UTF-8, with all quotes closed"
              .formatted(record.line(), record.problem().get()));
    }
    return names(record.fields());
  }

  private static List<String> names(List<String> columns) throws InvalidFileException {
    List<String> names = columns.stream().map(EventObject::memberOf).toList();
    Set<String> seen = new HashSet<>();
    for (String name : names) {
      if (name.isEmpty() || !seen.add(name)) {
        throw new InvalidFileException(
            "The header has "
                + (name.isEmpty() ? "a column without a name" : "two columns '" + name + "'"));
      }
    }
    return names;
  }

  @Override
  public void close() throws IOException {
    records.close();
  }
}
