package dev.copyloop.serving.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ApiKeyTest {
  @Test
  void aNewKeyIsReadBackAndHidesItself() {
    Set<String> texts = new HashSet<>();
    for (int i = 0; i < 100; i++) {
      ApiKey key = ApiKey.create();
      assertThat(ApiKey.parse(key.text())).hasValue(key);
      assertThat(key.text()).startsWith("ck_" + key.id() + "_").hasSize(57);
      assertThat(key.toString()).doesNotContain(key.text().substring(16));
      texts.add(key.text());
    }
    assertThat(texts).hasSize(100);
  }

  @Test
  void everyChangedCharacterIsNoticed() {
    String text = ApiKey.create().text();
    for (int i = 0; i < text.length(); i++) {
      char other = text.charAt(i) == 'x' ? 'y' : 'x';
      assertThat(ApiKey.parse(text.substring(0, i) + other + text.substring(i + 1))).isEmpty();
    }
    assertThat(ApiKey.parse("")).isEmpty();
    assertThat(ApiKey.parse(text + "0")).isEmpty();
  }
}
