package dev.copyloop.jobs.inbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.io.LocalOutputFile;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The JSON that rows of dropped files become. */
class RowFormsTest {
  @TempDir private Path folder;

  @Test
  void rejectsARowWhosePropertiesContradictEachOtherAndKeepsTheOthers() throws IOException {
    String csv =
        """
        user_id,properties,properties.plan,Properties.x
        u1,"{""a"":1}",pro,
        u2,gold,pro,
        u3,gold,,
        u4,,pro,9
        """;
    assertThat(rows(csv))
        .containsExactly(
            "{\"user_id\":\"u1\",\"properties\":{\"a\":1,\"plan\":\"pro\"}}",
            "3 properties holds no JSON object, and properties.… as well",
            "{\"user_id\":\"u3\",\"properties\":\"gold\"}",
            "{\"user_id\":\"u4\",\"properties\":{\"plan\":\"pro\",\"x\":\"9\"}}");
    assertThat(rows("properties.plan,properties\npro,gold\n"))
        .containsExactly("2 properties holds no JSON object, and properties.… as well");
  }

  @Test
  void readsParquetsUnsignedNumbersAndUuids() throws IOException {
    UUID copy = UUID.fromString("9f1c2d3e-8b4a-4c5d-9e6f-a0b1c2d3e4f5");
    SimpleGroup row =
        new SimpleGroup(
            schema(
                "required int32 user_id (INTEGER(32,false));"
                    + " required int64 id (INTEGER(64,false));"
                    + " required fixed_len_byte_array(16) copy_id (UUID);"));
    row.add("user_id", (int) 3_000_000_000L);
    row.add("id", -1L);
    ByteBuffer bytes = ByteBuffer.allocate(16);
    bytes.putLong(copy.getMostSignificantBits()).putLong(copy.getLeastSignificantBits());
    row.add("copy_id", Binary.fromConstantByteArray(bytes.array()));

    assertThat(rows(InboxFormat.PARQUET, parquet(row)))
        .containsExactly(
            "{\"user_id\":3000000000,\"id\":18446744073709551615,\"copy_id\":\"%s\"}"
                .formatted(copy));
  }

  @Test
  void refusesAParquetFileWhoseValuesAreNone() throws IOException {
    SimpleGroup row = new SimpleGroup(schema("required binary value (DECIMAL(9,2));"));
    row.add("value", Binary.EMPTY);
    Path file = parquet(row);

    assertThatThrownBy(() -> rows(InboxFormat.PARQUET, file))
        .isInstanceOf(InvalidFileException.class)
        .hasMessageContaining("after 0 rows");
  }

  private static MessageType schema(String columns) {
    return MessageTypeParser.parseMessageType("message event {" + columns + "}");
  }

  private Path parquet(SimpleGroup row) throws IOException {
    Path file = folder.resolve("a.parquet");
    try (ParquetWriter<Group> writer =
        ExampleParquetWriter.builder(new LocalOutputFile(file))
            .withType((MessageType) row.getType())
            .withConf(new Configuration(false))
            .build()) {
      writer.write(row);
    }
    return file;
  }

  private List<String> rows(String csv) throws IOException {
    Path file = folder.resolve("a.csv");
    Files.writeString(file, csv, StandardCharsets.UTF_8);
    return rows(InboxFormat.CSV, file);
  }

  private static List<String> rows(InboxFormat format, Path file) throws IOException {
    List<String> texts = new ArrayList<>();
    try (InboxRows rows = InboxRows.open(file, format)) {
      for (InboxRow row = rows.next(); row != null; row = rows.next()) {
        texts.add(
            row.problem() == null
                ? new String(row.json(), StandardCharsets.UTF_8)
                : row.number() + " " + row.problem());
      }
    }
    return texts;
  }
}
