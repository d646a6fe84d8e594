package dev.copyloop.events.landing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class LandingKeyTest {
  private static final UUID WRITER = UUID.fromString("0f8fad5b-d9cb-469f-a165-70867728950e");
  private static final Instant HOUR = Instant.parse("2026-01-02T03:00:00Z");

  @Test
  void aKeySaysWhatWhenAndWho() {
    assertThat(new LandingKey(Source.CIO, HOUR, WRITER, 7, 42).key())
        .isEqualTo(
            "landing/cio/2026/01/02/03/0f8fad5b-d9cb-469f-a165-70867728950e"
                + "-00000007-00000000000042.ndjson.gz");
  }

  @ParameterizedTest
  @EnumSource
  void aKeyIsReadBack(Source source) {
    LandingKey key = new LandingKey(source, HOUR, WRITER, 99_999_999, 99_999_999_999_999L);
    assertThat(LandingKey.parse(key.key())).contains(key);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "landing/_writers/0f8fad5b-d9cb-469f-a165-70867728950e.json",
        "landing/cio/2026/01/02/03/other.ndjson.gz",
        "landing/other/2026/01/02/03/0f8fad5b-d9cb-469f-a165-70867728950e-00000007-00000000000042.ndjson.gz",
        "landing/cio/2026/13/02/03/0f8fad5b-d9cb-469f-a165-70867728950e-00000007-00000000000042.ndjson.gz",
        "landing/cio/2026/02/30/03/0f8fad5b-d9cb-469f-a165-70867728950e-00000007-00000000000042.ndjson.gz",
        "landing/cio/2026/01/02/24/0f8fad5b-d9cb-469f-a165-70867728950e-00000007-00000000000042.ndjson.gz",
        "landing/cio/2026/01/02/03/0f8fad5b-d9cb-469f-a165-70867728950e-7-42.ndjson.gz",
        "x/landing/cio/2026/01/02/03/0f8fad5b-d9cb-469f-a165-70867728950e-00000007-00000000000042.ndjson.gz",
        "landing/cio/2026/01/02/03/0f8fad5b-d9cb-469f-a165-70867728950e-00000007-00000000000042.ndjson"
      })
  void otherNamesAreNoKeysAndNoErrors(String key) {
    assertThat(LandingKey.parse(key)).isEmpty();
  }

  @Test
  void keysOfOneWriterAndHourSortBySequence() {
    String early = new LandingKey(Source.CIO, HOUR, WRITER, 9, 100).key();
    String late = new LandingKey(Source.CIO, HOUR, WRITER, 10, 20).key();
    assertThat(early).isLessThan(late);
  }

  @Test
  void namesWhatReplacesAnObject() {
    String key = LandingKey.rewritten("landing/cio/x.ndjson.gz", 3);
    assertThat(key).isEqualTo("landing/cio/x.ndjson.gz.r3");
    assertThat(LandingKey.original(key)).isEqualTo("landing/cio/x.ndjson.gz");
    assertThat(LandingKey.revision(key)).isEqualTo(3);
    assertThat(LandingKey.revision("landing/cio/x.ndjson.gz")).isZero();
    assertThat(LandingKey.parse(key)).isEmpty();
  }
}
