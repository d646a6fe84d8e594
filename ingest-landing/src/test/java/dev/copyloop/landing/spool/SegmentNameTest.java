package dev.copyloop.landing.spool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.copyloop.events.landing.Source;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SegmentNameTest {
  private static final SegmentName NAME =
      new SegmentName(7, 42, Instant.parse("2026-01-02T03:00:00Z"));

  @Test
  void theStemIsReadBack() {
    assertThat(NAME.stem()).isEqualTo("00000007-00000000000042-2026010203");
    assertThat(SegmentName.parse(NAME.stem())).contains(NAME);
  }

  @Test
  void theObjectKeyIsFixedByTheName() {
    UUID writer = UUID.fromString("00000000-0000-0000-0000-000000000001");
    assertThat(NAME.objectKey(writer, Source.CIO).key())
        .isEqualTo("landing/cio/2026/01/02/03/" + writer + "-00000007-00000000000042.ndjson.gz");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "7-42-2026010203",
        "00000007-00000000000042-2026010203x",
        "00000007-00000000000042-2026023003",
        "lock"
      })
  void otherNamesAreNoSegments(String stem) {
    assertThat(SegmentName.parse(stem)).isEmpty();
  }
}
