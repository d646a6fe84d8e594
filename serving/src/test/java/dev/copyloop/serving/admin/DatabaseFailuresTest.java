package dev.copyloop.serving.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.copyloop.serving.http.Problem;
import dev.copyloop.serving.http.ProblemException;
import io.vertx.pgclient.PgException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DatabaseFailuresTest {
  private static PgException refusal(String sqlState) {
    return new PgException("no", "FATAL", sqlState, "");
  }

  /** Connection lost, too many connections, shut down, starting, standby, disk full. */
  @ParameterizedTest
  @ValueSource(strings = {"08006", "53300", "57P01", "57P03", "25006", "53100"})
  void aServerThatIsAwayIsWaitedFor(String sqlState) {
    assertThat(DatabaseFailures.asProblem(refusal(sqlState)))
        .isInstanceOfSatisfying(
            ProblemException.class,
            answer -> {
              assertThat(answer.problem().kind()).isEqualTo(Problem.Kind.UNAVAILABLE);
              assertThat(answer.problem().headers()).containsKey("Retry-After");
            });
  }

  @Test
  void aStatementThatIsWrongIsOurs() {
    PgException wrong = refusal("42601");
    assertThat(DatabaseFailures.asProblem(wrong)).isSameAs(wrong);
  }
}
