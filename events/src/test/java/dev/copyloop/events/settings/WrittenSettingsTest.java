package dev.copyloop.events.settings;

import static dev.copyloop.events.settings.FullSettings.full;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.copyloop.events.json.Json;
import dev.copyloop.events.settings.WrittenSettings.WrittenOrg;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WrittenSettingsTest {
  private static WrittenSettings read(String document) throws IOException {
    return WrittenSettings.read(document.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void togetherThePartsSayWhatTheDocumentSays() throws IOException {
    Org org = full().orgs().get(0);
    String document = SettingsJson.write(full());
    WrittenSettings written = read(document);
    assertThat(written.version()).isEqualTo(full().version());
    WrittenOrg cut = written.orgs().get(0);
    assertThat(cut.org().templates()).isEmpty();
    assertThat(cut.org().measurement()).isEqualTo(org.measurement());
    assertThat(cut.org().exports()).isEqualTo(org.exports());
    assertThat(cut.templates()).containsOnlyKeys(org.templates().get(0).id());
    assertThat(SettingsJson.readTemplate(cut.templates().get(org.templates().get(0).id())))
        .isEqualTo(org.templates().get(0));
  }

  @Test
  void absentAndNullListsAreEmpty() throws IOException {
    assertThat(read("{\"version\":3}").orgs()).isEmpty();
    assertThat(read("{\"version\":3,\"orgs\":null}").orgs()).isEmpty();
    ObjectNode document = (ObjectNode) Json.mapper().readTree(SettingsJson.write(full()));
    ((ObjectNode) document.at("/orgs/0")).putNull("templates");
    assertThat(read(document.toString()).orgs().get(0).templates()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "[]",
        "7",
        "{",
        "{}",
        "{\"version\":1} {}",
        "{\"version\":1,\"orgs\":{}}",
        "{\"version\":1,\"orgs\":[1]}",
        "{\"version\":1,\"orgs\":[{}]}",
        "{\"version\":1,\"orgs\":[{\"templates\":{}}]}",
        "{\"version\":1,\"orgs\":[{\"templates\":[\"t\"]}]}",
        "{\"version\":1,\"orgs\":[{\"templates\":[{\"template_id\":1}]}]}",
        "{\"version\":1,\"orgs\":[{\"templates\":[{\"template_id\":\"t\"}"
      })
  void whatIsNoDocumentIsAnError(String text) {
    assertThatThrownBy(() -> read(text))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("Cannot read settings");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "[]", "{\"template_id\":\"t\"}", "{\"template_id\""})
  void whatIsNoTemplateIsAnError(String text) {
    assertThatThrownBy(() -> SettingsJson.readTemplate(text.getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("Cannot read the template");
  }
}
