package dev.copyloop.serving.http;

import java.util.Map;

/** Ends a request with a {@link Problem}. Without a stack trace: it is an answer, not a fault. */
public final class ProblemException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Problem problem;

  public ProblemException(Problem problem) {
    super(problem.detail(), null, false, false);
    this.problem = problem;
  }

  /** 400: what was sent can't be understood. */
  public static ProblemException invalid(String detail) {
    return of(Problem.Kind.INVALID_REQUEST, detail);
  }

  /** 404: there is nothing of that name. */
  public static ProblemException notFound(String detail) {
    return of(Problem.Kind.NOT_FOUND, detail);
  }

  /** 409: it is understood, and what is there now does not allow it. */
  public static ProblemException conflict(String detail) {
    return of(Problem.Kind.CONFLICT, detail);
  }

  /** 403: the credentials are right and don't reach that far. */
  public static ProblemException forbidden(String detail) {
    return of(Problem.Kind.FORBIDDEN, detail);
  }

  /** 401: no credentials, or wrong ones. */
  public static ProblemException unauthorized(String detail) {
    return new ProblemException(
        new Problem(Problem.Kind.UNAUTHORIZED, detail, Map.of("WWW-Authenticate", "Bearer")));
  }

  /** 503: try again after so many seconds. */
  public static ProblemException unavailable(String detail, long retryAfterSeconds) {
    return new ProblemException(
        new Problem(
            Problem.Kind.UNAVAILABLE,
            detail,
            Map.of("Retry-After", Long.toString(Math.max(1, retryAfterSeconds)))));
  }

  /** Any other kind. */
  public static ProblemException of(Problem.Kind kind, String detail) {
    return new ProblemException(Problem.of(kind, detail));
  }

  /** What the client is told. */
  public Problem problem() {
    return problem;
  }
}
