package dev.copyloop.stack.supervise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.copyloop.stack.Main;
import dev.copyloop.stack.home.LocalEnvironment;
import dev.copyloop.stack.home.StackHome;
import dev.copyloop.stack.setup.AdminClient;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("slow")
class BackgroundTest {
  private static final Duration LONG = Duration.ofMinutes(3);

  @TempDir Path folder;
  private StackHome home;
  private Background stack;

  @BeforeEach
  void up() throws Exception {
    Path checkout = Path.of("..", "..").toAbsolutePath().normalize();
    home = StackHome.of(folder);
    stack = new Background(home, new Installation(checkout));
    start();
  }

  @AfterEach
  void down() throws Exception {
    stack.down();
  }

  @ParameterizedTest
  @ValueSource(strings = {"postgres", "storage", "serving"})
  void startsAgainWhatIsKilled(String component) throws Exception {
    createOrg();
    ProcessHandle killed = processes().get(component);
    killed.destroyForcibly();
    await()
        .atMost(LONG)
        .until(
            () -> {
              ProcessHandle running = processes().get(component);
              return running != null
                  && running.pid() != killed.pid()
                  && Health.of(home).allHealthy();
            });
    assertThat(orgIsThere()).isTrue();
  }

  @Test
  void aSecondUpReplacesAKilledSupervisorAndKeepsItsState() throws Exception {
    createOrg();
    Map<String, String> environment = LocalEnvironment.read(home);
    Map<String, ProcessHandle> before = processes();
    ProcessHandle supervisor = state().supervisor().running().orElseThrow();
    supervisor.destroyForcibly();
    supervisor.onExit().join();
    assertThat(Health.of(home).allHealthy()).isTrue();

    start();
    assertThat(before.values()).noneMatch(ProcessHandle::isAlive);
    assertThat(LocalEnvironment.read(home)).isEqualTo(environment);
    assertThat(Health.of(home).allHealthy()).isTrue();
    assertThat(orgIsThere()).isTrue();
  }

  @Test
  void downLeavesNothingAndUpFindsEverythingAgain() throws Exception {
    createOrg();
    start();
    Map<String, ProcessHandle> before = processes();
    assertThat(stack.down()).isTrue();
    assertThat(before.values()).noneMatch(ProcessHandle::isAlive);
    assertThat(Health.of(home).allHealthy()).isFalse();
    assertThat(stack.down()).isFalse();

    start();
    assertThat(orgIsThere()).isTrue();
  }

  private void start() throws Exception {
    stack.up(Main.class.getName(), List.of("supervise"));
  }

  private void createOrg() throws Exception {
    admin()
        .send(
            "PUT",
            "/orgs/kept",
            dev.copyloop.events.json.Json.mapper()
                .createObjectNode()
                .put("time_zone", "UTC")
                .put("user_key", "id"));
  }

  private boolean orgIsThere() throws Exception {
    return admin()
        .send("GET", "/orgs/kept", dev.copyloop.events.json.Json.mapper().createObjectNode())
        .get("time_zone")
        .textValue()
        .equals("UTC");
  }

  private AdminClient admin() throws Exception {
    Map<String, String> environment = LocalEnvironment.read(home);
    return new AdminClient(
        URI.create(environment.get("COPYLOOP_URL")), environment.get("COPYLOOP_ADMIN_TOKEN"));
  }

  private StackState state() throws Exception {
    return StackState.read(home).orElseThrow();
  }

  private Map<String, ProcessHandle> processes() throws Exception {
    return state().components().stream()
        .filter(component -> component.process().running().isPresent())
        .collect(
            Collectors.toMap(
                ComponentState::name, component -> component.process().running().orElseThrow()));
  }
}
