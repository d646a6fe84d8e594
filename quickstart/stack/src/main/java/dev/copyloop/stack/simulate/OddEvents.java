package dev.copyloop.stack.simulate;

import dev.copyloop.stack.replay.ReplayRequest;
import dev.copyloop.stack.traffic.Message;
import dev.copyloop.stack.traffic.Traffic;
import java.nio.charset.StandardCharsets;

/** What no documentation mentions and every stream brings. None of it may change a number. */
final class OddEvents {
  /** One odd event for so many people. */
  static final int EVERY = 200;

  private static final int KINDS = 4;

  private OddEvents() {}

  /** Whether the person's events are followed by an odd one. */
  static boolean follows(Person person) {
    return person.number() % EVERY == 0;
  }

  /**
   * Whether nobody can say when, or what, the person's odd event was: it must end in quarantine.
   */
  static boolean unreadable(Person person) {
    return follows(person) && kind(person) >= 2;
  }

  static ReplayRequest of(Person person, Traffic traffic, Message message, long timestamp) {
    String id = "odd-" + person.number();
    return switch (kind(person)) {
      case 0 -> traffic.email(id, "teleported", timestamp, message, data -> data.put("via", "λ"));
      case 1 -> traffic.webhook(id, bytes(preferences(person, id, timestamp)));
      case 2 -> traffic.webhook(id, bytes(timeless(id)));
      default -> traffic.webhook(id, bytes("not JSON at all, " + id));
    };
  }

  /** Documented with a misspelled object_type. */
  private static String preferences(Person person, String id, long timestamp) {
    return """
        {"data":{"customer_id":"%s"},"event_id":"%s","object_type_type":"customer",\
        "metric":"cio_subscription_preferences_changed","timestamp":%d}\
        """
        .formatted(person.user(), id, timestamp);
  }

  private static String timeless(String id) {
    return """
        {"data":{},"event_id":"%s","metric":"sent","object_type":"email","timestamp":"abc"}\
        """
        .formatted(id);
  }

  private static int kind(Person person) {
    return person.number() / EVERY % KINDS;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
