package dev.copyloop.serving.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.copyloop.events.settings.Channel;
import dev.copyloop.events.settings.Org;
import dev.copyloop.events.settings.Settings;
import dev.copyloop.events.settings.SettingsJson;
import dev.copyloop.events.settings.Template;
import dev.copyloop.events.settings.UserKey;
import dev.copyloop.events.settings.Variant;
import dev.copyloop.events.settings.WrittenSettings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CompiledOrgTest {
  private static final String NO_LIQUID = "{% if %}";

  private static Template template(String id, String subject) {
    Variant variant =
        new Variant(
            "11111111-1111-4111-8111-111111111111",
            "first",
            Variant.Status.ACTIVE,
            Optional.empty(),
            List.of(new Variant.Texts(Instant.EPOCH, Map.of("subject", subject))));
    return new Template(
        id,
        Channel.EMAIL,
        Optional.empty(),
        Optional.empty(),
        List.of(),
        List.of(variant),
        List.of());
  }

  private static CompiledOrg org(Optional<CompiledOrg> before, Template... templates)
      throws IOException {
    Org org =
        new Org(
            "acme",
            ZoneOffset.UTC,
            UserKey.ID,
            UserKey.ID,
            List.of(),
            List.of(),
            List.of(templates),
            List.of());
    byte[] document =
        SettingsJson.write(new Settings(1, List.of(org))).getBytes(StandardCharsets.UTF_8);
    return CompiledOrg.of(WrittenSettings.read(document).orgs().get(0), Credentials.NONE, before);
  }

  @Test
  void aTemplateThatNobodyAsksForKeepsNobodyFromTheOthers() throws IOException {
    CompiledOrg org = org(Optional.empty(), template("broken", NO_LIQUID), template("good", "Hi"));
    assertThat(org.template("good").orElseThrow().answerable()).isTrue();
    assertThat(org.template("none")).isEmpty();
    assertThatThrownBy(() -> org.template("broken"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Cannot compile template broken");
  }

  @Test
  void whatDidNotChangeIsTakenOver() throws IOException {
    CompiledOrg before = org(Optional.empty(), template("same", "Hi"), template("other", "Hi"));
    var compiled = before.template("same").orElseThrow();
    CompiledOrg after =
        org(Optional.of(before), template("same", "Hi"), template("other", "Good day"));
    assertThat(after.template("same")).containsSame(compiled);
    assertThat(after.template("other").orElseThrow().source())
        .isEqualTo(template("other", "Good day"));
  }

  @Test
  void aChangeThatDoesNotCompileIsRefused() throws IOException {
    CompiledOrg before = org(Optional.empty(), template("known", "Hi"));
    assertThatThrownBy(() -> org(Optional.of(before), template("known", NO_LIQUID)))
        .hasMessageContaining("Cannot compile template known");
  }
}
