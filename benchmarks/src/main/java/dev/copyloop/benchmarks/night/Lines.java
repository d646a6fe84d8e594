package dev.copyloop.benchmarks.night;

import java.nio.charset.StandardCharsets;
import java.util.UUID;

/** Spells the landing lines of a journey, envelope and body as serving writes them. */
final class Lines {

  static final String ORG = "acme";
  static final int TEMPLATES = 20;
  static final int COPIES = 5;

  private static final String SUBJECT = "Your weekend picks are here, {{ customer.first_name }}";
  private static final String TEXT =
      "Thanks for being with us. We picked a few things that go with what you looked at lately, and"
          + " kept the delivery free until Sunday. Tell us what you think, and if this is not for"
          + " you, change what you hear from us in your settings at any time.";

  private Lines() {}

  static String template(Journey journey) {
    return "template_" + journey.number() % TEMPLATES;
  }

  /** The copy that was drawn. */
  static String copy(Journey journey) {
    return copy(journey.number() % TEMPLATES, (int) ((journey.called() / 7) % COPIES));
  }

  static String copy(int template, int copy) {
    return new UUID(0x4000L + template, 0x8000000000000000L + copy).toString();
  }

  static byte[] generation(Journey journey, long received) {
    String id =
        new UUID(Journey.mix(1, journey.day(), journey.number()), journey.number()).toString();
    String call = new UUID(Journey.mix(2, journey.day(), journey.number()), 1).toString();
    return line(
        call,
        "generate",
        received,
        "",
        """
        {"generation_id":"%s","call_id":"%s","org":"%s","template_id":"%s","decided_at":%d,"occurred_at":%d,"user_id":"%s","tracking_id":"%s","workspace":"production","campaign_id":"%d","webhook_action_id":"900","arm":"treatment","copy_id":"%s","vars":{"body":"%s","preheader":"Free delivery until Sunday","subject":"%s"},"attrs":{"country":"%s","locale":"en","plan":"%s","tenure_days":"%d"},"propensity":0.2,"policy_version":"uniform","draw":"hash","forced":false,"test":false,"replayed":false}\
        """
            .formatted(
                id,
                call,
                ORG,
                template(journey),
                journey.called(),
                journey.called(),
                user(journey),
                journey.id('j'),
                campaign(journey),
                copy(journey),
                TEXT,
                SUBJECT,
                journey.number() % 3 == 0 ? "de" : "us",
                journey.number() % 4 == 0 ? "pro" : "free",
                journey.number() % 900));
  }

  static byte[] webhook(Journey journey, String metric, long occurred, long received) {
    String id = "01" + journey.id(metric.charAt(0)) + metric.length();
    String user = user(journey);
    return line(
        id,
        "cio",
        received,
        """
        "headers":{"x-cio-signature":"%016x%016x%016x%016x","x-cio-timestamp":"%d"},\
        """
            .formatted(
                Journey.mix(3, received, journey.number()),
                Journey.mix(4, received, journey.number()),
                Journey.mix(5, received, journey.number()),
                Journey.mix(6, received, journey.number()),
                occurred / 1000),
        """
        {"event_id":"%s","object_type":"email","metric":"%s","timestamp":%d,"data":{"action_id":%d,"campaign_id":%d,"content_id":%d,"customer_id":"%s","delivery_id":"%s==","identifiers":{"id":"%s","email":"%s@example.test","cio_id":"%s"},"journey_id":"%s","recipient":"%s@example.test","subject":"Your weekend picks are here","trigger_event_id":"01%s"%s}}\
        """
            .formatted(
                id,
                metric,
                occurred / 1000,
                journey.control() ? 1002 : 1001,
                campaign(journey),
                77,
                user,
                journey.id('d'),
                user,
                user,
                "c" + user,
                journey.id('j'),
                user,
                journey.id('t'),
                more(journey, metric)));
  }

  private static String more(Journey journey, String metric) {
    return switch (metric) {
      case "opened" -> ",\"prefetched\":" + journey.machine() + ",\"proxied\":false";
      case "clicked" ->
          ",\"machine\":%s,\"href\":\"https://shop.example.test/picks?n=%d\",\"link_id\":%d"
              .formatted(journey.machine(), journey.number() % 50, journey.number() % 50);
      default -> "";
    };
  }

  static byte[] purchase(Journey journey, long received) {
    String id = journey.id('b');
    return line(
        id,
        "events",
        received,
        "",
        """
        {"id":"%s","user_id":"%s","name":"purchase","timestamp":%d,"properties":{"value":%d.%02d,"currency":"USD","items":%d,"sku":"sku-%d"}}\
        """
            .formatted(
                id,
                user(journey),
                journey.purchased() / 1000,
                5 + journey.number() % 200,
                journey.number() % 100,
                1 + journey.number() % 4,
                journey.number() % 997));
  }

  /** A person gets a message now and then: one of some hundred thousand. */
  private static String user(Journey journey) {
    long person = Math.floorMod(Journey.mix(9, journey.day(), journey.number()), 5_000_000L);
    return "u%07d".formatted(person);
  }

  private static int campaign(Journey journey) {
    return 100 + journey.number() % TEMPLATES;
  }

  private static byte[] line(String id, String source, long received, String headers, String body) {
    return ("{\"v\":1,\"event_id\":\""
            + id
            + "\",\"org\":\""
            + ORG
            + "\",\"source\":\""
            + source
            + "\",\"received_at\":"
            + received
            + ",\"verified\":\"verified\",\"workspace\":\"production\","
            + headers
            + "\"body\":"
            + body
            + "}\n")
        .getBytes(StandardCharsets.UTF_8);
  }
}
