package dev.copyloop.serving.admin;

import dev.copyloop.serving.http.ProblemException;
import io.vertx.core.VertxException;
import io.vertx.pgclient.PgException;
import java.io.IOException;
import java.util.Set;
import java.util.concurrent.TimeoutException;

/** What PostgreSQL refuses, in the client's terms. */
final class DatabaseFailures {
  private static final String UNIQUE_VIOLATION = "23505";
  private static final String FOREIGN_KEY_VIOLATION = "23503";
  private static final String CHECK_VIOLATION = "23514";
  private static final String UNDEFINED_TABLE = "42P01";

  /** Class 22, data exceptions: a text with NUL, half a surrogate pair, a number out of range. */
  private static final String DATA = "22";

  /** Classes of a server that starts, stops, stands by, or has no room left. */
  private static final Set<String> AWAY = Set.of("08", "53", "57");

  private static final String READ_ONLY = "25006";
  private static final long RETRY_SECONDS = 5;

  private DatabaseFailures() {}

  static Throwable asProblem(Throwable failure) {
    if (failure instanceof PgException refused) {
      if (refused.getSqlState().startsWith(DATA)) {
        return ProblemException.invalid(
            "A value can't be stored: it has a character or a size that PostgreSQL does not take");
      }
      return switch (refused.getSqlState()) {
        case CHECK_VIOLATION ->
            ProblemException.invalid(
                "A value is outside of what is allowed (" + refused.getConstraint() + ")");
        case UNIQUE_VIOLATION ->
            ProblemException.conflict(
                "It exists already (" + refused.getConstraint() + "): choose another name or id");
        case FOREIGN_KEY_VIOLATION ->
            ProblemException.conflict(
                "What it refers to, or what refers to it, does not allow this ("
                    + refused.getConstraint()
                    + ")");
        case UNDEFINED_TABLE ->
            ProblemException.unavailable("The settings' tables are being set up: try again", 1);
        default -> isAway(refused.getSqlState()) ? unavailable() : failure;
      };
    }
    return isUnreachable(failure) ? unavailable() : failure;
  }

  private static ProblemException unavailable() {
    return ProblemException.unavailable(
        "PostgreSQL does not answer, so that settings can't be changed now; serving goes on",
        RETRY_SECONDS);
  }

  private static boolean isAway(String sqlState) {
    return READ_ONLY.equals(sqlState) || AWAY.contains(sqlState.substring(0, 2));
  }

  private static boolean isUnreachable(Throwable failure) {
    return failure instanceof IOException
        || failure instanceof TimeoutException
        || failure instanceof VertxException;
  }
}
