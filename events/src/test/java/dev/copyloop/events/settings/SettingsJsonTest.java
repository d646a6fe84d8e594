package dev.copyloop.events.settings;

import static dev.copyloop.events.settings.FullSettings.FROM;
import static dev.copyloop.events.settings.FullSettings.full;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsJsonTest {
  @Test
  void fullSettingsAreReadBack() throws IOException {
    assertThat(SettingsJson.read(SettingsJson.write(full()))).isEqualTo(full());
  }

  @Test
  void emptySettingsAreReadBack() throws IOException {
    Settings empty = new Settings(0, List.of());
    assertThat(SettingsJson.write(empty)).isEqualTo("{\"version\":0,\"orgs\":[]}");
    assertThat(SettingsJson.read(SettingsJson.write(empty))).isEqualTo(empty);
  }

  @Test
  void settingsWithoutTheOptionalPartsAreReadBack() throws IOException {
    Binding binding =
        new Binding(
            "b",
            "production",
            Optional.empty(),
            Optional.of("9"),
            Optional.empty(),
            List.of(),
            List.of(),
            AttributeScope.CUSTOMER,
            BigDecimal.ZERO,
            FROM,
            Optional.empty());
    Variant variant =
        new Variant(
            "copy",
            "a",
            Variant.Status.PAUSED,
            Optional.empty(),
            List.of(new Variant.Texts(FROM, Map.of())));
    Settings settings =
        new Settings(
            1,
            List.of(
                new Org(
                    "acme",
                    ZoneId.of("UTC"),
                    UserKey.EMAIL,
                    UserKey.CIO_ID,
                    List.of(),
                    List.of(),
                    List.of(
                        new Template(
                            "t",
                            Channel.IN_APP,
                            Optional.empty(),
                            Optional.empty(),
                            List.of(),
                            List.of(variant),
                            List.of(binding))),
                    List.of())));
    assertThat(SettingsJson.read(SettingsJson.write(settings))).isEqualTo(settings);
  }

  /** The sha of the document names the settings of a run, so equal settings are equal bytes. */
  @Test
  void equalSettingsGiveEqualText() throws IOException {
    String text = SettingsJson.write(full());
    assertThat(SettingsJson.write(full())).isEqualTo(text);
    assertThat(SettingsJson.write(SettingsJson.read(text))).isEqualTo(text);
    assertThat(text).doesNotContain("\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "null", "[]", "7", "{", "{} {}"})
  void whatIsNoDocumentIsAnError(String text) {
    assertThatThrownBy(() -> SettingsJson.read(text)).isInstanceOf(IOException.class);
  }

  @Test
  void aRuleAloneIsReadWithoutItsVersion() throws IOException {
    assertThat(
            SettingsJson.readRule(
                "{\"rule_id\":\"r\",\"event_name\":\"purchase\",\"touch\":\"click\","
                    + "\"model\":\"linear\",\"window\":\"P7D\"}"))
        .isEqualTo(
            new AttributionRule(
                "r",
                1,
                "purchase",
                AttributionRule.Touch.CLICK,
                AttributionRule.Model.LINEAR,
                Duration.ofDays(7)));
    assertThatThrownBy(() -> SettingsJson.readRule("{\"rule_id\":\"r\"}"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("event_name");
  }
}
