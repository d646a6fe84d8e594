package dev.copyloop.serving.generate;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds the template's id in a body that is not quite JSON. */
final class TemplateIdScan {
  private static final int MAX_SCANNED = 64 * 1024;
  private static final Pattern MEMBER =
      Pattern.compile("\"template_id\"\\s{0,64}:\\s{0,64}\"([A-Za-z0-9_-]{1,128})\"");

  private TemplateIdScan() {}

  /** The first {@code "template_id":"…"}; bodies are searched only after they failed to parse. */
  static Optional<String> find(byte[] body) {
    String text =
        new String(body, 0, Math.min(body.length, MAX_SCANNED), StandardCharsets.ISO_8859_1);
    Matcher member = MEMBER.matcher(text);
    return member.find() ? Optional.of(member.group(1)) : Optional.empty();
  }
}
