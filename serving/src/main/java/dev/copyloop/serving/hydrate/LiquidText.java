package dev.copyloop.serving.hydrate;

import dev.copyloop.events.json.Json;
import java.util.Optional;
import java.util.Set;
import liqp.Template;
import liqp.TemplateContext;
import liqp.TemplateParser;
import liqp.exceptions.LiquidException;
import liqp.nodes.LNode;

/**
 * One Liquid text, parsed once. Thread-safe.
 *
 * <p>liqp's own {@code Template.render} keeps the last render's variables in a field and builds the
 * nodes anew each time; the nodes are built once here, and each render has its own context.
 */
public final class LiquidText {
  private final String source;
  private final Optional<PlainOutputs> plain;
  private final LNode root;
  private final Requirements requirements;
  private final Set<String> fields;

  private LiquidText(String source, LNode root, Requirements requirements, Set<String> fields) {
    this.source = source;
    this.plain = root == null ? Optional.empty() : PlainOutputs.of(source);
    this.root = root;
    this.requirements = requirements;
    this.fields = fields;
  }

  /**
   * Parses the text of a variable.
   *
   * @throws InvalidLiquidException if it does not parse, or is not allowed; the message has the
   *     variable's name and the position
   */
  public static LiquidText parse(String name, String source) {
    if (!source.contains("{{") && !source.contains("{%")) {
      return new LiquidText(source, null, Requirements.NONE, Set.of());
    }
    try {
      TemplateParser parser = LiquidLanguage.parser();
      Template template = parser.parse(source);
      Requirements requirements = RequiredFields.of(template.getParseTree());
      LNode root = new CopyNodes(parser).visit(template.getParseTree());
      return new LiquidText(
          source, root, requirements, MentionedFields.of(template.getParseTree()));
    } catch (LiquidException e) {
      throw new InvalidLiquidException(
          "variable %s, line %d, column %d: %s"
              .formatted(name, e.line, e.charPositionInLine + 1, firstLine(e.getMessage())),
          e);
    } catch (InvalidLiquidException e) {
      throw e;
    } catch (RuntimeException e) {
      throw new InvalidLiquidException(
          "variable %s: %s".formatted(name, firstLine(String.valueOf(e.getMessage()))), e);
    }
  }

  private static String firstLine(String message) {
    int end = message.indexOf('\n');
    return end < 0 ? message : message.substring(0, end);
  }

  /** The text as it was written. */
  public String source() {
    return source;
  }

  /** Whether every person gets the same string. */
  public boolean isConstant() {
    return root == null;
  }

  /** The fields without which it would have a hole. */
  public Requirements requirements() {
    return requirements;
  }

  /** The names of all fields that it looks at. */
  public Set<String> fields() {
    return fields;
  }

  /**
   * The string for these fields.
   *
   * @throws RenderFailedException if a tag or filter fails or a limit is overrun
   */
  public String render(Fields fields) {
    if (root == null) {
      return source;
    }
    String simple = plain.isPresent() ? plain.get().render(fields) : null;
    return simple != null ? simple : renderLiquid(fields);
  }

  private String renderLiquid(Fields fields) {
    try {
      // Filters such as slice and truncate cut characters of two halves apart.
      return Json.wellFormed(
          LiquidLanguage.text(
              root,
              new TemplateContext(LiquidLanguage.parser(), LiquidLanguage.variables(fields))));
    } catch (RuntimeException e) {
      throw new RenderFailedException(e);
    }
  }
}
