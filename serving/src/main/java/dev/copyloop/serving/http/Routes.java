package dev.copyloop.serving.http;

import io.vertx.core.http.HttpMethod;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The table of endpoints, by path segment and method. Immutable. */
public final class Routes {
  private final Node root = new Node();

  /** A table of these endpoints, whose routes differ. */
  public Routes(Collection<? extends Endpoint> endpoints) {
    endpoints.forEach(this::add);
  }

  private void add(Endpoint endpoint) {
    Node node = root;
    for (String segment : segments(endpoint.route().path())) {
      if (segment.startsWith("{")) {
        node.parameterName = segment.substring(1, segment.length() - 1);
        node.parameter = node.parameter == null ? new Node() : node.parameter;
        node = node.parameter;
      } else {
        node = node.literals.computeIfAbsent(segment, name -> new Node());
      }
    }
    if (node.endpoints.put(endpoint.route().method(), endpoint) != null) {
      throw new IllegalArgumentException("Cannot mount " + endpoint.route() + " twice");
    }
    if (endpoint.isSafe()) {
      node.endpoints.put(HttpMethod.HEAD, endpoint);
    }
  }

  /** An endpoint, and the request's path parameters by name, still percent-encoded. */
  public record Match(Endpoint endpoint, Map<String, String> parameters) {}

  /**
   * Finds the endpoint of a request.
   *
   * @throws ProblemException 404 or 405
   */
  public Match match(HttpMethod method, String path) {
    Map<String, String> parameters = new HashMap<>();
    Node node = root;
    for (String segment : segments(path)) {
      node = node.child(segment, parameters);
      if (node == null) {
        throw ProblemException.notFound("No such path: /docs shows those there are");
      }
    }
    Endpoint endpoint = node.endpoints.get(method);
    if (endpoint == null) {
      throw node.refusal();
    }
    return new Match(endpoint, parameters);
  }

  private static List<String> segments(String path) {
    List<String> segments = new ArrayList<>(6);
    int start = 1;
    while (start <= path.length()) {
      int end = path.indexOf('/', start);
      end = end < 0 ? path.length() : end;
      segments.add(path.substring(start, end));
      start = end + 1;
    }
    return segments;
  }

  private static final class Node {
    private final Map<String, Node> literals = new HashMap<>();
    private final Map<HttpMethod, Endpoint> endpoints =
        new TreeMap<>((one, other) -> one.name().compareTo(other.name()));
    private String parameterName;
    private Node parameter;

    Node child(String segment, Map<String, String> parameters) {
      Node literal = literals.get(segment);
      if (literal != null || parameter == null || segment.isEmpty()) {
        return literal;
      }
      parameters.put(parameterName, segment);
      return parameter;
    }

    ProblemException refusal() {
      if (endpoints.isEmpty()) {
        return ProblemException.notFound("No such path: /docs shows those there are");
      }
      String allowed =
          endpoints.keySet().stream().map(HttpMethod::name).collect(Collectors.joining(", "));
      return new ProblemException(
          new Problem(Problem.Kind.METHOD_NOT_ALLOWED, "Use " + allowed, Map.of("Allow", allowed)));
    }
  }
}
