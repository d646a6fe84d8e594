package dev.copyloop.jobs.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CsvRecordsTest {
  @TempDir private Path folder;

  @Test
  void readsQuotesCommasAndLineBreaksInFields() throws IOException {
    assertThat(read("a,b\r\n\"x, \"\"y\"\"\",\"1\n2\"\n\n,last"))
        .containsExactly("1: [a, b]", "2: [x, \"y\", 1\n2]", "5: [, last]");
  }

  @Test
  void losesOnlyTheLineOfAQuoteThatIsNeverClosed() throws IOException {
    assertThat(read("a,b\n\"open,1\nc,d\ne,f\n"))
        .containsExactly("1: [a, b]", "2! A quote is not closed", "3: [c, d]", "4: [e, f]");
  }

  @Test
  void losesOnlyTheRecordOfABrokenCharacter() throws IOException {
    byte[] file = "a\n?\nb\n".getBytes(StandardCharsets.UTF_8);
    file[2] = (byte) 0xC3;
    assertThat(read(file)).containsExactly("1: [a]", "2! Not UTF-8", "3: [b]");
  }

  @Test
  void refusesAQuoteInTheMiddleOfAField() throws IOException {
    assertThat(read("5\" or 6\" screens,1\n"))
        .containsExactly("1! A quote inside a field that is not quoted");
  }

  @Test
  void leavesOutAByteOrderMark() throws IOException {
    assertThat(read("\uFEFFid,name\n")).containsExactly("1: [id, name]");
  }

  private List<String> read(String text) throws IOException {
    return read(text.getBytes(StandardCharsets.UTF_8));
  }

  private List<String> read(byte[] bytes) throws IOException {
    Path file = Files.write(folder.resolve("file.csv"), bytes);
    List<String> read = new ArrayList<>();
    try (CsvRecords records = new CsvRecords(FileLines.open(file))) {
      for (CsvRecords.Csv each = records.next(); each != null; each = records.next()) {
        long line = each.line();
        read.add(each.problem().map(why -> line + "! " + why).orElse(line + ": " + each.fields()));
      }
    }
    return read;
  }
}
