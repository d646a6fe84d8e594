package dev.copyloop.serving.generate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.copyloop.events.generation.Arm;
import dev.copyloop.events.generation.FallbackReason;
import dev.copyloop.events.generation.GenerationRecord;
import dev.copyloop.events.generation.GenerationRecord.Draw;
import dev.copyloop.serving.decide.EarlierAnswer;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class RetryCacheTest {
  private static final int SIZE = 10_000;

  private final Random random = new Random(1);

  @Test
  void aTableAnswersAsAMapDoes() {
    AnswerTable table = new AnswerTable(SIZE);
    Map<UUID, EarlierAnswer> map = new HashMap<>();
    while (map.size() < SIZE) {
      UUID id = new UUID((random.nextInt(2 * SIZE) * 7_919L) << 12, random.nextInt(2));
      assertThat(table.find(id)).isEqualTo(map.get(id));
      assertThat(table.isFull()).isFalse();
      EarlierAnswer answer = answer(random.nextInt(50));
      table.put(id, answer);
      map.put(id, answer);
    }
    assertThat(table.isFull()).isTrue();
    map.forEach((id, answer) -> assertThat(table.find(id)).isEqualTo(answer));
    assertThat(table.find(UUID.randomUUID())).isNull();
  }

  @Test
  void asManyAsAskedForAreRememberedAndAtMostAboutTwiceAsMany() {
    RetryCache cache = new RetryCache(SIZE);
    UUID[] ids = new UUID[5 * SIZE];
    for (int i = 0; i < ids.length; i++) {
      ids[i] = new UUID(random.nextLong(), random.nextLong());
      cache.put(ids[i], answer(i));
      assertThat(cache.find(ids[i])).contains(answer(i));
    }
    int remembered = 0;
    for (int i = 0; i < ids.length; i++) {
      Optional<EarlierAnswer> found = cache.find(ids[i]);
      assertThat(found.orElse(answer(i))).isEqualTo(answer(i));
      remembered += found.isPresent() ? 1 : 0;
    }
    assertThat(remembered).isBetween(SIZE, 2 * (SIZE + 64));
    for (int i = ids.length - SIZE / 2; i < ids.length; i++) {
      assertThat(cache.find(ids[i])).as("the youngest").isPresent();
    }
  }

  @Test
  void oneIsRememberedAtLeast() {
    RetryCache cache = new RetryCache(1);
    UUID id = UUID.randomUUID();
    cache.put(id, answer(1));
    cache.put(id, answer(2));
    assertThat(cache.find(id)).contains(answer(2));
  }

  @Test
  void onlyWhatWasDrawnIsRestored() {
    assertThat(restored(Optional.empty(), false)).isPresent();
    assertThat(restored(Optional.of(FallbackReason.MISSING_FIELD), false)).isPresent();
    assertThat(restored(Optional.of(FallbackReason.MALFORMED_BODY), false)).isEmpty();
    assertThat(restored(Optional.empty(), true)).isEmpty();
  }

  private static Optional<EarlierAnswer> restored(
      Optional<FallbackReason> fallback, boolean forced) {
    UUID id = UUID.randomUUID();
    RetryCache cache = new RetryCache(1);
    cache.restore(
        new GenerationRecord(
            id.toString(),
            "call",
            "acme",
            "welcome",
            1,
            1,
            Optional.empty(),
            Optional.of("journey"),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Arm.TREATMENT,
            "copy",
            Map.of(),
            Optional.empty(),
            Map.of(),
            1,
            "uniform",
            Draw.HASH,
            fallback,
            Optional.empty(),
            forced,
            false,
            false));
    return cache.find(id);
  }

  private static EarlierAnswer answer(int number) {
    return new EarlierAnswer(
        Arm.TREATMENT, "copy-" + number % 50, 0.25, Draw.HASH, Optional.empty());
  }
}
