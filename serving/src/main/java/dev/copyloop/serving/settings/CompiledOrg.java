package dev.copyloop.serving.settings;

import dev.copyloop.events.settings.Org;
import dev.copyloop.events.settings.Template;
import dev.copyloop.serving.access.StoredKey;
import dev.copyloop.serving.decide.CompiledTemplate;
import dev.copyloop.serving.webhook.WebhookSignatures;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * An org ready to be served. Immutable.
 *
 * @param keys its API keys by id
 * @param signatures what its webhooks are verified by
 * @param internalRecipients whose generations are tests
 */
public record CompiledOrg(
    Org source,
    Map<String, CompiledTemplate> templates,
    Map<String, StoredKey> keys,
    WebhookSignatures signatures,
    InternalRecipients internalRecipients) {

  /**
   * Compiles an org, taking over templates that did not change.
   *
   * @throws IllegalArgumentException naming the template that can't be compiled
   */
  static CompiledOrg of(Org org, Credentials credentials, Optional<CompiledOrg> before) {
    Map<String, CompiledTemplate> templates = new HashMap<>();
    for (Template template : org.templates()) {
      templates.put(template.id(), compiled(template, before));
    }
    Map<String, StoredKey> keys = new HashMap<>();
    credentials.keys().stream()
        .filter(key -> key.org().equals(org.slug()))
        .forEach(key -> keys.put(key.keyId(), key));
    return new CompiledOrg(
        org,
        Map.copyOf(templates),
        Map.copyOf(keys),
        WebhookSignatures.of(
            credentials.signingKeys().stream()
                .filter(key -> key.org().equals(org.slug()))
                .toList()),
        new InternalRecipients(org.internalRecipients()));
  }

  private static CompiledTemplate compiled(Template template, Optional<CompiledOrg> before) {
    Optional<CompiledTemplate> same =
        before
            .map(org -> org.templates().get(template.id()))
            .filter(compiled -> compiled.source().equals(template));
    if (same.isPresent()) {
      return same.get();
    }
    try {
      return CompiledTemplate.of(template);
    } catch (RuntimeException e) {
      throw new IllegalArgumentException(
          "Cannot compile template " + template.id() + ": " + e.getMessage(), e);
    }
  }

  /** Its slug. */
  public String slug() {
    return source.slug();
  }
}
