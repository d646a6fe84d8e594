package dev.copyloop.jobs.run;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;

/** Writes {@link JobResult} records: times as ISO 8601 text. */
public final class JobResultJson {
  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .enable(SerializationFeature.INDENT_OUTPUT)
          .addModule(
              new SimpleModule()
                  .addSerializer(Instant.class, ToStringSerializer.instance)
                  .addSerializer(LocalDate.class, ToStringSerializer.instance)
                  .addSerializer(Duration.class, ToStringSerializer.instance)
                  .addSerializer(new OptionalSerializer()))
          .build();

  private JobResultJson() {}

  /**
   * The result and the run it belongs to, as UTF-8 JSON.
   *
   * @param time how long the job took
   */
  public static byte[] write(RunContext context, String job, JobResult result, Duration time) {
    ObjectNode node = MAPPER.createObjectNode();
    node.put("run_id", context.runId());
    node.put("job", job);
    node.put("code_version", context.codeVersion());
    Optional<String> settings = context.settingsShaIfRead();
    node.put("settings_sha256", settings.orElse(null));
    node.put("seconds", time.toMillis() / 1000.0);
    node.set("result", MAPPER.valueToTree(result));
    try {
      return MAPPER.writeValueAsString(node).concat("\n").getBytes(StandardCharsets.UTF_8);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("Cannot write the result of " + job + " as JSON", e);
    }
  }

  /** Writes what is there, or null. */
  private static final class OptionalSerializer extends StdSerializer<Object> {
    private static final long serialVersionUID = 1L;

    OptionalSerializer() {
      super(Optional.class, false);
    }

    @Override
    public void serialize(Object value, JsonGenerator generator, SerializerProvider provider)
        throws IOException {
      provider.defaultSerializeValue(((Optional<?>) value).orElse(null), generator);
    }
  }
}
