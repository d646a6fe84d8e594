package dev.copyloop.stack.simulate;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.copyloop.events.json.Json;
import dev.copyloop.stack.replay.ReplayRequest;
import dev.copyloop.stack.replay.ReplayStep;
import dev.copyloop.stack.setup.CopyVariant;
import dev.copyloop.stack.setup.OrgPlan;
import dev.copyloop.stack.traffic.Campaign;
import dev.copyloop.stack.traffic.Message;
import dev.copyloop.stack.traffic.Traffic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Turns simulated people into requests, and tallies what they did by the copy they got. */
public final class SimulationReplay {
  private static final String TEMPLATE = "welcome_email";
  private static final Campaign CAMPAIGN =
      new Campaign(TEMPLATE, "production", 23, 4200, 4201, 4202);

  /** One webhook of so many is delivered twice. */
  private static final int DUPLICATE_EVERY = 50;

  private static final List<CopyVariant> VARIANTS =
      List.of(
          variant("short", "Welcome", "Glad that you are here."),
          variant("question", "What brings you here?", "Tell us, and we show you where to begin."),
          variant("discount", "10 % off your first order", "A small thank-you for signing up."));
  private static final Map<String, String> KEYS =
      VARIANTS.stream().collect(Collectors.toMap(CopyVariant::copyId, CopyVariant::key));

  private final SimulationConfig config;
  private final Simulation simulation;
  private final Map<String, CopyTally> tallies = new ConcurrentHashMap<>();

  public SimulationReplay(SimulationConfig config) {
    this.config = config;
    this.simulation = new Simulation(config);
  }

  /** What has to exist first. */
  public OrgPlan plan(String org) {
    return new OrgPlan(
        org,
        CAMPAIGN,
        VARIANTS,
        Simulation.CONTROL_SHARE,
        config.start().minus(Duration.ofDays(1)));
  }

  /** All people's steps, by number. */
  public Iterator<ReplayStep> steps(Traffic traffic) {
    return IntStream.rangeClosed(1, config.people())
        .mapToObj(simulation::person)
        .map(person -> step(person, traffic))
        .iterator();
  }

  /** What happened so far, by copy key. */
  public Map<String, CopyTally> tallies() {
    return new TreeMap<>(tallies);
  }

  /** How many bodies of the whole simulation nobody can read. */
  public long unreadable() {
    return IntStream.rangeClosed(1, config.people())
        .mapToObj(simulation::person)
        .filter(OddEvents::unreadable)
        .count();
  }

  private ReplayStep step(Person person, Traffic traffic) {
    if (person.control()) {
      return new ReplayStep(Optional.empty(), answer -> events(person, TrueRates.CONTROL, traffic));
    }
    ReplayRequest generate =
        traffic.generate(
            person.user(),
            person.journey(),
            person.entered(),
            body -> person.attrs().forEach(body.putObject("attrs")::put));
    return new ReplayStep(
        Optional.of(generate),
        answer -> {
          List<ReplayRequest> requests = new ArrayList<>();
          if (person.retried()) {
            requests.add(generate);
          }
          requests.addAll(events(person, copyKey(answer.orElseThrow()), traffic));
          return requests;
        });
  }

  private List<ReplayRequest> events(Person person, String copyKey, Traffic traffic) {
    Reaction reaction = simulation.reaction(person, copyKey);
    tallies.merge(copyKey, CopyTally.of(person, reaction), CopyTally::plus);
    return new PersonEvents(person, traffic).of(reaction);
  }

  private static String copyKey(String answer) {
    try {
      return KEYS.get(Json.mapper().readTree(answer).at("/copy/id").textValue());
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Cannot read the answer of generate: " + answer, e);
    }
  }

  private static CopyVariant variant(String key, String subject, String body) {
    return CopyVariant.of(TEMPLATE, key, Map.of("subject", subject, "body", body));
  }

  /** The requests that tell of one person's reaction. */
  private static final class PersonEvents {
    private final Person person;
    private final Traffic traffic;
    private final Message message;
    private final List<ReplayRequest> requests = new ArrayList<>();

    PersonEvents(Person person, Traffic traffic) {
      this.person = person;
      this.traffic = traffic;
      this.message =
          new Message(
              person.delivery(),
              person.journey(),
              person.user(),
              person.control() ? CAMPAIGN.controlAction() : CAMPAIGN.messageAction(),
              person.user() + "@example.test");
    }

    List<ReplayRequest> of(Reaction reaction) {
      reaction.earlierPurchase().ifPresent(time -> purchase("earlier", time, reaction));
      email("sent", reaction.sent(), data -> {});
      if (reaction.delivered().isEmpty()) {
        email("bounced", reaction.sent() + 2, data -> data.put("failure_message", "no such user"));
      }
      reaction.delivered().ifPresent(time -> email("delivered", time, data -> {}));
      reaction.machineOpen().ifPresent(time -> opened("machine", time, true));
      reaction.open().ifPresent(time -> opened("human", time, false));
      reaction.machineClick().ifPresent(time -> clicked("machine", time, true));
      reaction.click().ifPresent(time -> clicked("human", time, false));
      reaction.conversion().ifPresent(time -> email("converted", time, data -> {}));
      reaction.purchase().ifPresent(time -> purchase("purchase", time, reaction));
      if (OddEvents.follows(person)) {
        requests.add(OddEvents.of(person, traffic, message, reaction.sent()));
      }
      if (person.number() % DUPLICATE_EVERY == 0) {
        requests.add(requests.get(0));
      }
      return requests;
    }

    private void opened(String who, long time, boolean prefetched) {
      add("opened-" + who, "opened", time, data -> data.put("prefetched", prefetched));
    }

    private void clicked(String who, long time, boolean machine) {
      add(
          "clicked-" + who,
          "clicked",
          time,
          data ->
              data.put("href", "https://example.test/start")
                  .put("link_id", 1)
                  .put("machine", machine));
    }

    private void email(String metric, long time, Consumer<ObjectNode> more) {
      add(metric, metric, time, more);
    }

    private void add(String id, String metric, long time, Consumer<ObjectNode> more) {
      requests.add(traffic.email(eventId(id), metric, time, message, more));
    }

    private void purchase(String id, long time, Reaction reaction) {
      requests.add(
          traffic.purchase(
              eventId(id), person.user(), time, reaction.value().max(java.math.BigDecimal.ONE)));
    }

    private String eventId(String id) {
      return "event-" + person.number() + "-" + id;
    }
  }
}
