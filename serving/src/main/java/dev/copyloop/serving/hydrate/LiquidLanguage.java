package dev.copyloop.serving.hydrate;

import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import liqp.TemplateContext;
import liqp.TemplateParser;
import liqp.nodes.LNode;
import liqp.parser.Flavor;

/** The Liquid that copy may use, with its limits: no files, bounded loops and output. */
final class LiquidLanguage {
  /** Loop rounds of one render. */
  private static final int MAX_ITERATIONS = 10_000;

  /** Characters of one rendered text. */
  static final int MAX_OUTPUT = 512 * 1024;

  private static final TemplateParser PARSER = build();

  private LiquidLanguage() {}

  private static TemplateParser build() {
    TemplateParser.Builder builder =
        new TemplateParser.Builder()
            .withFlavor(Flavor.LIQUID)
            .withErrorMode(TemplateParser.ErrorMode.STRICT)
            .withStrictTypedExpressions(false)
            .withLocale(Locale.ROOT)
            .withDefaultTimeZone(ZoneOffset.UTC)
            .withMaxIterations(MAX_ITERATIONS)
            .withMaxSizeRenderedString(MAX_OUTPUT)
            .withNameResolver(
                name -> {
                  throw new InvalidLiquidException("include is not available in copy", null);
                });
    BoundedFilter.GROWING.forEach(name -> builder.withFilter(new BoundedFilter(name)));
    return builder.build();
  }

  static TemplateParser parser() {
    return PARSER;
  }

  /** A context's variables are written to by {@code assign}: each render has its own map. */
  static Map<String, Object> variables(Fields fields) {
    return new HashMap<>(fields.values());
  }

  static String text(LNode root, TemplateContext context) {
    Object rendered = root.render(context);
    return String.valueOf(PARSER.getRenderTransformer().transformObject(context, rendered));
  }
}
