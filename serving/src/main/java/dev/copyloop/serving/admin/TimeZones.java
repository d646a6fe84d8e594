package dev.copyloop.serving.admin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.copyloop.events.json.Json;
import dev.copyloop.serving.http.ProblemException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** The zones whose days an org's figures use. */
final class TimeZones {
  private static final Set<String> ZONES = ZoneId.getAvailableZoneIds();

  private TimeZones() {}

  /** A name of the IANA database. */
  static String checked(String zone) {
    if (!ZONES.contains(zone)) {
      throw ProblemException.invalid(
          "time_zone must be a name of the IANA database, such as Europe/Berlin");
    }
    return zone;
  }

  /** A JSON array of {@code {"from","time_zone"}} in order of time. */
  static String changes(Optional<JsonNode> value) {
    Map<Instant, String> changes = new TreeMap<>();
    if (value.isPresent() && !value.get().isArray()) {
      throw ProblemException.invalid(
          "time_zone_changes must be an array of {\"from\", \"time_zone\"}");
    }
    value.ifPresent(
        array ->
            array.forEach(
                item ->
                    changes.put(
                        AdminBody.instant("time_zone_changes: from", item.path("from").asText()),
                        checked(item.path("time_zone").asText()))));
    ArrayNode array = Json.mapper().createArrayNode();
    changes.forEach(
        (from, zone) -> array.addObject().put("from", from.toString()).put("time_zone", zone));
    return array.toString();
  }
}
