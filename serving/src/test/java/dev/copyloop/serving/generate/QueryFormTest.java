package dev.copyloop.serving.generate;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QueryFormTest {
  /** As it comes from the request line: a character for each byte. */
  private static GenerateRequest parse(String query) {
    return QueryForm.parse(new String(query.getBytes(UTF_8), ISO_8859_1));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Ann+Lee | Ann Lee",
        "Ann%20Lee | Ann Lee",
        "J%C3%BCrgen | Jürgen",
        "José 😀 | José 😀",
        "a%2Bb%26c%3D%3b | a+b&c=;",
        "a=b | a=b",
        "red;blue | red;blue",
        "50% | 50%",
        "50%+off | 50% off",
        "%zz%4 | %zz%4",
        "%E9 | \uFFFD",
      })
  void takesEveryValueAsFormsWriteIt(String written, String value) {
    GenerateRequest request = parse("template_id=t&attrs.x=" + written + "&fields.x=" + written);
    assertThat(request.attrs()).containsExactly(Map.entry("x", value));
    assertThat(request.fields().values()).isEqualTo(Map.of("x", value));
    assertThat(request.malformed()).isFalse();
  }

  @Test
  void theLastOfDuplicateNamesWinsAlsoWhenItSaysAbsent() {
    GenerateRequest request =
        parse(
            "attrs.a=1&attrs.a=2&&attrs.b=1&attrs.b=+&attrs.c&user_id=u&user_id=&template%5Fid=t");
    assertThat(request.attrs()).containsExactly(Map.entry("a", "2"));
    assertThat(request.userId()).isEmpty();
    assertThat(request.templateId()).hasValue("t");
    assertThat(parse("").templateId()).isEmpty();
  }
}
