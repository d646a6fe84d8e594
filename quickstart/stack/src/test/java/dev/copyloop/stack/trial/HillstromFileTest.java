package dev.copyloop.stack.trial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HillstromFileTest {
  private static final String HEADER =
      "recency,history_segment,history,mens,womens,zip_code,newbie,channel,segment,visit,conversion,spend\n";
  private static final String MENS =
      "10,\"2) $100 - $200\",142.44,1,0,Surburban,0,Phone,Mens E-Mail,1,1,29.99\r\n";
  private static final String NONE = "6,3) $200 - $350,329.080,1,1,Rural,1,Web,No E-Mail,0,0,0\n";

  @TempDir Path folder;

  @Test
  void keepsTheFilesOwnTextAndNumbersRowsFromOne() throws Exception {
    List<HillstromRow> rows = HillstromFile.read(file(HEADER + MENS + NONE));
    assertThat(rows).hasSize(2);
    assertThat(rows.get(0).number()).isEqualTo(1);
    assertThat(rows.get(0).attrs())
        .isEqualTo(
            Map.of(
                "recency", "10",
                "history_segment", "2) $100 - $200",
                "history", "142.44",
                "mens", "1",
                "womens", "0",
                "zip_code", "Surburban",
                "newbie", "0",
                "channel", "Phone"));
    assertThat(rows.get(0).variant()).contains("mens");
    assertThat(rows.get(0).spend()).isEqualByComparingTo(new BigDecimal("29.99"));
    assertThat(rows.get(1).number()).isEqualTo(2);
    assertThat(rows.get(1).attrs()).containsEntry("history", "329.080");
    assertThat(rows.get(1).variant()).isEmpty();
  }

  @Test
  void readsGzipLikePlainText() throws Exception {
    Path zipped = folder.resolve("rows.csv.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(zipped))) {
      out.write((HEADER + MENS).getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }
    assertThat(HillstromFile.read(zipped)).isEqualTo(HillstromFile.read(file(HEADER + MENS)));
  }

  @Test
  void namesTheColumnsThatAreMissing() throws Exception {
    Path file = file("recency,segment\n1,No E-Mail\n");
    assertThatThrownBy(() -> HillstromFile.read(file))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("history_segment")
        .hasMessageContaining("spend");
  }

  @Test
  void namesTheRowThatIsWrong() throws Exception {
    Path file = file(HEADER + NONE + MENS.replace("Mens E-Mail", "Kids E-Mail"));
    assertThatThrownBy(() -> HillstromFile.read(file))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("row 2")
        .hasMessageContaining("Kids E-Mail");
  }

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("rows.csv"), text);
  }
}
