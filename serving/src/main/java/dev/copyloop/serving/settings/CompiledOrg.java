package dev.copyloop.serving.settings;

import dev.copyloop.events.settings.Org;
import dev.copyloop.events.settings.WrittenSettings.WrittenOrg;
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
    Map<String, LazyTemplate> templates,
    Map<String, StoredKey> keys,
    WebhookSignatures signatures,
    InternalRecipients internalRecipients) {

  /**
   * Compiles an org. At a start its templates wait until they are asked for; later, those that did
   * not change are taken over and the others are compiled now, so that no call waits for it.
   *
   * @throws IllegalArgumentException naming the changed template that can't be compiled
   */
  static CompiledOrg of(WrittenOrg written, Credentials credentials, Optional<CompiledOrg> before) {
    Org org = written.org();
    Map<String, LazyTemplate> templates = new HashMap<>();
    written.templates().forEach((id, template) -> templates.put(id, taken(id, template, before)));
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

  private static LazyTemplate taken(String id, byte[] template, Optional<CompiledOrg> before) {
    LazyTemplate known = before.map(org -> org.templates().get(id)).orElse(null);
    if (known != null && known.isWritten(template)) {
      return known;
    }
    LazyTemplate changed = new LazyTemplate(id, template);
    if (before.isPresent()) {
      changed.compiled();
    }
    return changed;
  }

  /**
   * A template, ready to be answered; empty if there is none of that id.
   *
   * @throws IllegalArgumentException naming it, if it can't be compiled
   */
  public Optional<CompiledTemplate> template(String id) {
    return Optional.ofNullable(templates.get(id)).map(LazyTemplate::compiled);
  }

  /** Its slug. */
  public String slug() {
    return source.slug();
  }
}
