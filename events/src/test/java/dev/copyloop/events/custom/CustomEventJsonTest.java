package dev.copyloop.events.custom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.copyloop.events.lake.InvalidEventException;
import dev.copyloop.events.lake.QuarantineReason;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CustomEventJsonTest {
  private static final String LEAST = "'name':'purchase','timestamp':1760000000";

  @Test
  void readsEveryMember() throws IOException {
    CustomEvent event =
        read(
            "{'id':'e-1','user_id':17,'name':'purchase','timestamp':'2026-03-01T12:00:00Z',"
                + "'properties':{'sku':'A','qty':2},'value':12.5,'currency':'usd',"
                + "'copy_id':'ABCD','tracking_id':'j-1'}");

    assertThat(event.eventId()).contains("e-1");
    assertThat(event.userId()).contains("17");
    assertThat(event.name()).isEqualTo("purchase");
    assertThat(event.timestamp()).isEqualTo("2026-03-01T12:00:00Z");
    assertThat(event.properties()).contains("{\"sku\":\"A\",\"qty\":2}");
    assertThat(event.value()).contains(new BigDecimal("12.500000"));
    assertThat(event.currency()).contains("USD");
    assertThat(event.copyId()).contains("abcd");
    assertThat(event.trackingId()).contains("j-1");
    assertThat(event.extra()).isEmpty();
  }

  @Test
  void readsTheAliases() throws IOException {
    CustomEvent event =
        read("{'event_id':'e-1','event_name':'signup','event_timestamp':1760000000}");

    assertThat(event.eventId()).contains("e-1");
    assertThat(event.name()).isEqualTo("signup");
    assertThat(event.timestamp()).isEqualTo("1760000000");
    assertThat(event.extra()).isEmpty();
  }

  @Test
  void readsAnItemShapedLikeACustomerIoWebhook() throws IOException {
    CustomEvent event =
        read(
            "{'event_id':'e-1','object_type':'customer','metric':'purchase','timestamp':1760000000,"
                + "'data':{'customer_id':'c-1','identifiers':{'id':'u-1','email':'p@example.test'},"
                + "'journey_id':'j-1','value':'-3','currency':'EUR','sku':'A'}}");

    assertThat(event.name()).isEqualTo("purchase");
    assertThat(event.userId()).contains("u-1");
    assertThat(event.trackingId()).contains("j-1");
    assertThat(event.value()).contains(new BigDecimal("-3.000000"));
    assertThat(event.extra())
        .contains(
            ("{'data':{'customer_id':'c-1','identifiers.email':'p@example.test','sku':'A'},"
                    + "'object_type':'customer'}")
                .replace('\'', '"'));
  }

  @Test
  void findsAmountAndCreditAmongTheProperties() throws IOException {
    CustomEvent event =
        read(
            "{"
                + LEAST
                + ",'properties':{'value':'10','currency':'EUR','copy_id':'c','tracking_id':'t'}}");

    assertThat(event.value()).contains(new BigDecimal("10.000000"));
    assertThat(event.currency()).contains("EUR");
    assertThat(event.copyId()).contains("c");
    assertThat(event.trackingId()).contains("t");
  }

  @Test
  void takesAPropertyCalledValueForNoAmountUnlessItCanBeOne() throws IOException {
    assertThat(read("{" + LEAST + ",'properties':{'value':'gold'}}").value()).isEmpty();
    assertProblem(
        "{" + LEAST + ",'properties':{'value':'12,50','currency':'EUR'}}",
        QuarantineReason.INVALID_MEMBER);
  }

  @ParameterizedTest
  @CsvSource({
    "1, 1.000000",
    "'\"1.10\"', 1.100000",
    "1.0000005, 1.000000",
    "1.0000015, 1.000002",
    "99999999999999.999999, 99999999999999.999999",
    "1e3, 1000.000000"
  })
  void keepsAmountsAtSixDecimals(String json, BigDecimal value) throws IOException {
    assertThat(read("{" + LEAST + ",'value':" + json + "}").value()).contains(value);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'12,50'",
        "'abc'",
        "100000000000000",
        "1e999999999",
        "1e-999999999",
        "1e2147483647",
        "'-1e2147483647'",
        "true",
        "99999999999999.9999999"
      })
  void refusesAnAmountThatIsNone(String json) {
    assertProblem("{" + LEAST + ",'value':" + json + "}", QuarantineReason.INVALID_MEMBER);
  }

  @Test
  void needsANameAndATimestamp() {
    assertProblem("{'timestamp':1}", QuarantineReason.MISSING_MEMBER);
    assertProblem("{'name':'x'}", QuarantineReason.MISSING_MEMBER);
    assertProblem("{'name':' ','timestamp':1}", QuarantineReason.MISSING_MEMBER);
    assertProblem("{'name':'x','timestamp':{}}", QuarantineReason.MISSING_MEMBER);
    assertProblem("[1]", QuarantineReason.INVALID_MEMBER);
    assertProblem("{'name'", QuarantineReason.NOT_JSON);
    assertProblem("{" + LEAST + "}{}", QuarantineReason.NOT_JSON);
  }

  @Test
  void takesBlankAndNullAsAbsentAndKeepsWhatItDoesNotKnow() throws IOException {
    CustomEvent event =
        read("{" + LEAST + ",'user_id':null,'id':'','value':null,'x':[1.50],'properties':'p'}");

    assertThat(event.userId()).isEmpty();
    assertThat(event.eventId()).isEmpty();
    assertThat(event.value()).isEmpty();
    assertThat(event.properties()).isEmpty();
    assertThat(event.extra().orElseThrow())
        .contains("\"x\":[1.50]")
        .contains("\"properties\":\"p\"");
  }

  private static void assertProblem(String body, QuarantineReason reason) {
    assertThatThrownBy(() -> read(body))
        .isInstanceOfSatisfying(
            InvalidEventException.class, e -> assertThat(e.reason()).isEqualTo(reason));
  }

  private static CustomEvent read(String json) throws IOException {
    return CustomEventJson.read(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
  }
}
