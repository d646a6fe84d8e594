package dev.copyloop.events.generation;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The members of a generation's JSON. */
enum GenerationMember {
  GENERATION_ID,
  CALL_ID,
  ORG,
  TEMPLATE_ID,
  DECIDED_AT,
  OCCURRED_AT,
  USER_ID,
  TRACKING_ID,
  WORKSPACE,
  CAMPAIGN_ID,
  WEBHOOK_ACTION_ID,
  ARM,
  COPY_ID,
  VARS,
  VARS_RENDERED,
  ATTRS,
  PROPENSITY,
  POLICY_VERSION,
  DRAW,
  FALLBACK,
  IDEMPOTENCY_KEY,
  FORCED,
  TEST,
  REPLAYED;

  private static final Map<String, GenerationMember> BY_LABEL =
      Arrays.stream(values())
          .collect(Collectors.toMap(GenerationMember::label, Function.identity()));

  /** As names are that Jackson read: a lookup then compares no characters. */
  private final String label = name().toLowerCase(Locale.ROOT).intern();

  /** The member's name in JSON. */
  String label() {
    return label;
  }

  /** The member of a name; null if there is none. */
  static GenerationMember of(String label) {
    return BY_LABEL.get(label);
  }
}
