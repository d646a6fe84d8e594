package dev.copyloop.events.generation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class GenerationIdentityTest {
  private static final Optional<String> NONE = Optional.empty();

  @Test
  void aRetryHasTheIdentityOfTheFirstCall() {
    assertThat(of("acme", "welcome", "u", "t", "k"))
        .isEqualTo(of("acme", "welcome", "u", "t", "k"));
  }

  /** A stored identity is compared with a computed one for ever: it must never change. */
  @Test
  void theIdentityIsFixedForEver() {
    assertThat(of("acme", "welcome", "u-1", "j-1", null))
        .isEqualTo(UUID.fromString("75af2e53-828e-53f9-9b54-321b60740775"));
  }

  @Test
  void itIsAVersion5Uuid() {
    UUID id = of("acme", "welcome", "u", "t", null);
    assertThat(id.version()).isEqualTo(5);
    assertThat(id.variant()).isEqualTo(2);
  }

  @Test
  void eachPartCounts() {
    Set<UUID> ids = new HashSet<>();
    for (String org : List.of("a", "ab")) {
      for (String template : List.of("a", "b", "ba")) {
        for (String user : List.of("a", "b", "ab")) {
          for (String tracking : List.of("a", "b", "ab")) {
            for (String key : List.of("a", "b", "ab")) {
              ids.add(of(org, template, user, tracking, key));
            }
          }
        }
      }
    }
    assertThat(ids).hasSize(2 * 3 * 3 * 3 * 3);
  }

  @Test
  void withoutKeyAndTrackingIdEachCallIsAGenerationOfItsOwn() {
    assertThat(of("acme", "welcome", "u", null, null))
        .isNotEqualTo(of("acme", "welcome", "u", null, null));
    assertThat(of("acme", "welcome", "u", null, "k"))
        .isEqualTo(of("acme", "welcome", "u", null, "k"));
    assertThat(of("acme", "welcome", null, "t", null))
        .isEqualTo(of("acme", "welcome", null, "t", null));
  }

  private static UUID of(String org, String template, String user, String tracking, String key) {
    return GenerationIdentity.of(
        org,
        template,
        Optional.ofNullable(user),
        Optional.ofNullable(tracking),
        key == null ? NONE : Optional.of(key));
  }
}
