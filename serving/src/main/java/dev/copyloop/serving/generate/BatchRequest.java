package dev.copyloop.serving.generate;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.copyloop.events.json.Json;
import dev.copyloop.serving.http.ProblemException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Reads the body of batch-generate: {@code {"requests":[…]}}. */
final class BatchRequest {
  /** How many requests a batch may hold. */
  static final int MAX_REQUESTS = 20;

  private BatchRequest() {}

  /**
   * Reads a body. A request that is no object is read as a malformed one.
   *
   * @throws ProblemException 400 if the body is no batch of 1 to 20 requests
   */
  static List<GenerateRequest> parse(byte[] body) {
    List<GenerateRequest> requests;
    try (JsonParser json = Json.factory().createParser(body)) {
      requests = document(json);
    } catch (IOException e) {
      throw ProblemException.invalid("The body is not JSON: send {\"requests\":[…]}");
    }
    if (requests.isEmpty() || requests.size() > MAX_REQUESTS) {
      throw ProblemException.invalid("Send 1 to " + MAX_REQUESTS + " requests in one batch");
    }
    return requests;
  }

  private static List<GenerateRequest> document(JsonParser json) throws IOException {
    List<GenerateRequest> requests = List.of();
    if (json.nextToken() != JsonToken.START_OBJECT) {
      throw ProblemException.invalid("Send a JSON object: {\"requests\":[…]}");
    }
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      boolean isRequests = "requests".equals(json.currentName());
      json.nextToken();
      if (isRequests) {
        requests = requests(json);
      } else {
        json.skipChildren();
      }
    }
    if (json.nextToken() != null) {
      throw ProblemException.invalid("There is text after the JSON object");
    }
    return requests;
  }

  /** Reads on after one too many only to keep the parser in step. */
  private static List<GenerateRequest> requests(JsonParser json) throws IOException {
    if (json.currentToken() != JsonToken.START_ARRAY) {
      throw ProblemException.invalid("requests must be an array");
    }
    List<GenerateRequest> requests = new ArrayList<>();
    while (json.nextToken() != JsonToken.END_ARRAY) {
      if (requests.size() > MAX_REQUESTS) {
        json.skipChildren();
      } else {
        requests.add(GenerateRequestParser.item(json));
      }
    }
    return requests;
  }
}
