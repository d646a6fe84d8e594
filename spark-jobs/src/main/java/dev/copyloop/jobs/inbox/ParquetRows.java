package dev.copyloop.jobs.inbox;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.hadoop.api.ReadSupport;
import org.apache.parquet.hadoop.example.GroupReadSupport;
import org.apache.parquet.io.InputFile;
import org.apache.parquet.io.LocalInputFile;
import org.apache.parquet.schema.Type;

/** A Parquet file: a column is the member of that name, a struct or map of properties as well. */
final class ParquetRows implements InboxRows {
  private final ParquetReader<Group> reader;
  private long rows;

  private ParquetRows(ParquetReader<Group> reader) {
    this.reader = reader;
  }

  static ParquetRows open(Path file) throws IOException {
    return new ParquetRows(new Builder(new LocalInputFile(file)).build());
  }

  @Override
  public InboxRow next() throws IOException {
    try {
      Group row = reader.read();
      if (row == null) {
        return null;
      }
      InboxRow next = row(row);
      rows++;
      return next;
    } catch (IOException | RuntimeException e) {
      // Whatever a damaged file makes the reader stumble over, it is the file's fault.
      throw new InvalidFileException(
          "Not a Parquet file that can be read, after %d rows: %s".formatted(rows, e.getMessage()),
          e);
    }
  }

  private InboxRow row(Group row) {
    EventObject event = new EventObject();
    for (Type column : row.getType().getFields()) {
      JsonNode value = ParquetValues.field(row, column);
      String member = EventObject.memberOf(column.getName());
      if (value.isTextual()) {
        event.text(member, value.asText());
      } else {
        event.value(member, value);
      }
    }
    return event.row(rows + 1);
  }

  @Override
  public void close() throws IOException {
    reader.close();
  }

  private static final class Builder extends ParquetReader.Builder<Group> {
    Builder(InputFile file) {
      super(file);
    }

    @Override
    protected ReadSupport<Group> getReadSupport() {
      return new GroupReadSupport();
    }

    @Override
    public ParquetReader<Group> build() throws IOException {
      withConf(new Configuration(false));
      return super.build();
    }
  }
}
