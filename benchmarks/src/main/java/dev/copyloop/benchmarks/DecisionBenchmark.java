package dev.copyloop.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import dev.copyloop.events.json.Json;
import dev.copyloop.events.settings.Channel;
import dev.copyloop.events.settings.Template;
import dev.copyloop.events.settings.Variant;
import dev.copyloop.serving.decide.CompiledTemplate;
import dev.copyloop.serving.decide.Decider;
import dev.copyloop.serving.decide.Decision;
import dev.copyloop.serving.decide.Question;
import dev.copyloop.serving.hydrate.Fields;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * One decision alone, from a question in memory to the texts of the chosen variant: 50 variants, of
 * which 20 have a rule of three tests, two texts each.
 */
@State(Scope.Benchmark)
@BenchmarkMode({Mode.AverageTime, Mode.SampleTime})
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 4, time = 2)
@Measurement(iterations = 5, time = 2)
public class DecisionBenchmark {
  private static final Instant NOW = Instant.parse("2026-06-01T00:00:00Z");
  private static final int VARIANTS = 50;
  private static final int RULES = 20;
  private static final int PEOPLE = 1024;
  private static final String RULE =
      """
      {"all":[{"attr":"plan","in":["pro","team"]},{"attr":"age","range":{"from":%d,"to":99}},
      {"not":{"attr":"churned","exists":true}}]}\
      """;

  private final CompiledTemplate constant = template("Hello, this is offer %d", "Only this week");
  private final CompiledTemplate liquid =
      template("Hello {{ first_name }}, offer %d", "In {{ city | default: 'your town' }}");
  private final Question[] people = people();
  private int next;

  private static CompiledTemplate template(String subject, String preheader) {
    List<Variant> variants = new ArrayList<>();
    for (int i = 0; i < VARIANTS; i++) {
      Map<String, String> vars = Map.of("subject", subject.formatted(i), "preheader", preheader);
      variants.add(
          new Variant(
              "00000000-0000-4000-8000-%012d".formatted(i),
              "v" + i,
              Variant.Status.ACTIVE,
              i < RULES ? Optional.of(rule(i)) : Optional.empty(),
              List.of(new Variant.Texts(Instant.EPOCH, vars))));
    }
    return CompiledTemplate.of(
        new Template(
            "welcome",
            Channel.EMAIL,
            Optional.empty(),
            Optional.empty(),
            List.of(),
            variants,
            List.of()));
  }

  private static JsonNode rule(int number) {
    try {
      return Json.mapper().readTree(RULE.formatted(18 + number));
    } catch (IOException e) {
      throw new IllegalStateException("The rule is not JSON", e);
    }
  }

  private static Question[] people() {
    Question[] people = new Question[PEOPLE];
    for (int i = 0; i < PEOPLE; i++) {
      people[i] =
          new Question(
              "bench",
              Optional.of("user-" + i),
              Optional.of("journey-" + i),
              Map.of("plan", "pro", "age", Integer.toString(18 + i % 60), "country", "de"),
              new Fields(Map.of("first_name", "Annegret", "city", "Berlin")));
    }
    return people;
  }

  private Question person() {
    next = (next + 1) % PEOPLE;
    return people[next];
  }

  /** Filter and draw; the texts are the same for everybody. */
  @Benchmark
  public Decision decideConstantTexts() {
    return Decider.decide(constant, person(), NOW);
  }

  /** The same, and two texts with Liquid. */
  @Benchmark
  public Decision decideLiquidTexts() {
    return Decider.decide(liquid, person(), NOW);
  }
}
