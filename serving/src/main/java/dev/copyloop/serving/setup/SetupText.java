package dev.copyloop.serving.setup;

import com.fasterxml.jackson.databind.node.TextNode;
import dev.copyloop.events.settings.AttributeScope;
import dev.copyloop.events.settings.Template;
import dev.copyloop.events.settings.Variant;
import dev.copyloop.serving.decide.CompiledTemplate;
import dev.copyloop.serving.decide.CompiledVariant;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Writes the setup of one template: the Webhook Action's request and response, and the message's
 * Liquid. Every value passes Customer.io's {@code json} filter, which quotes and escapes it, so
 * that a quote in a name can't break the body.
 */
public final class SetupText {
  private static final Pattern PLAIN_NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_.-]*");

  private SetupText() {}

  /** The text for a template; publicUrl is without a trailing slash. */
  public static String of(String publicUrl, String org, Template template) {
    AttributeScope scope =
        template.bindings().isEmpty()
            ? AttributeScope.JOURNEY
            : template.bindings().get(template.bindings().size() - 1).attributeScope();
    return """
        Set up template %1$s in Customer.io
        ===================================

        1. In the campaign, split control and treatment. Control sends the existing message. Treatment:
           a Webhook Action, then the message. Set the Webhook Action to "Send automatically".

        2. Webhook Action, Request tab

        Method   POST
        URL      %2$s/api/generate/%3$s
        Headers  X-Api-Key: <an API key of this org with the scope generate>
                 Content-Type: application/json
        Body     (values carry no quotes of their own: the json filter writes and escapes them)

        %4$s

        3. Webhook Action, Response tab

        Attribute  jw_%1$s
        Source     %5$s
        Value      {{ response.copy | json }}

        4. The message: put each text where it belongs; what stands after {%% else %%} is sent to people
           whose call failed.

        %6$s
        5. Afterwards, tell Copyloop the campaign's id and the ids of the Webhook Action, of the message
           and of the control message (POST .../templates/%1$s/bindings).
        """
        .formatted(
            template.id(), publicUrl, org, body(template), source(scope), liquid(template, scope));
  }

  private static String source(AttributeScope scope) {
    return scope == AttributeScope.JOURNEY
        ? "journey attribute (journey trigger data): gone when the person leaves the journey"
        : "customer attribute: at most 1000 bytes, kept on the profile";
  }

  private static String body(Template template) {
    StringBuilder body = new StringBuilder();
    body.append("{\n  \"template_id\": \"").append(template.id()).append("\",\n");
    body.append("  \"user_id\": {{ customer.id | json }},\n");
    body.append("  \"tracking_id\": {{ message.journey_id | json }}");
    Set<String> fields = fields(template);
    if (!fields.isEmpty()) {
      body.append(",\n  \"fields\": {");
      String separator = "\n";
      for (String field : fields) {
        body.append(separator).append("    \"").append(field).append("\": ");
        body.append(optional("customer." + field));
        separator = ",\n";
      }
      body.append("\n  }");
    }
    Set<String> attributes = FilterAttributes.of(template);
    if (!attributes.isEmpty()) {
      body.append(",\n  \"attrs\": {");
      String separator = "\n";
      for (String attribute : attributes) {
        body.append(separator).append("    ").append(TextNode.valueOf(attribute)).append(": ");
        body.append(optional("customer" + member(attribute)));
        separator = ",\n";
      }
      body.append("\n  }");
    }
    return body.append("\n}").toString();
  }

  /** How Liquid looks a name or path up: one with a space in it can't stand behind a dot. */
  private static String member(String name) {
    return PLAIN_NAME.matcher(name).matches() ? "." + name : "[" + TextNode.valueOf(name) + "]";
  }

  /**
   * A reference to a missing attribute would stop the message: hence the condition, which an
   * attribute that is false must pass too, or no filter would ever meet it.
   */
  private static String optional(String path) {
    return "{%% if %1$s or %1$s == false %%}{{ %1$s | json }}{%% else %%}null{%% endif %%}"
        .formatted(path);
  }

  private static Set<String> fields(Template template) {
    Set<String> fields = new TreeSet<>();
    for (CompiledVariant variant : CompiledTemplate.of(template).variants().values()) {
      variant.texts().values().forEach(text -> fields.addAll(text.fields()));
    }
    return fields;
  }

  private static String liquid(Template template, AttributeScope scope) {
    Set<String> names = new TreeSet<>();
    for (Variant variant : template.variants()) {
      names.addAll(variant.vars().keySet());
    }
    String attribute = scope.label() + ".jw_" + template.id();
    StringBuilder liquid = new StringBuilder();
    for (String name : names) {
      liquid
          .append(name)
          .append(":\n{% if ")
          .append(attribute)
          .append(" %}{{ ")
          .append(attribute)
          .append(".vars.")
          .append(name)
          .append(" }}{% else %}<existing ")
          .append(name)
          .append(">{% endif %}\n\n");
    }
    return liquid.toString();
  }
}
