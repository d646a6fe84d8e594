package dev.copyloop.serving.hydrate;

import java.math.BigDecimal;
import java.util.Collection;
import java.util.List;
import liqp.TemplateContext;
import liqp.TemplateParser;
import liqp.filters.Filter;

/** A filter of Liquid whose result can be larger than its input, stopped before it outgrows us. */
final class BoundedFilter extends Filter {
  /** Those that make something larger, from which a loop makes something enormous. */
  static final List<String> GROWING =
      List.of(
          "append",
          "prepend",
          "replace",
          "replace_first",
          "join",
          "concat",
          "times",
          "plus",
          "minus",
          "newline_to_br",
          "escape",
          "h",
          "url_encode",
          "json");

  /** Characters, digits or items of one value. */
  private static final int MAX_SIZE = 512 * 1024;

  /** What a value can grow to when each of its characters is replaced by the argument. */
  private static final long MAX_PRODUCT = 16L * 1024 * 1024;

  private final Filter filter;

  BoundedFilter(String name) {
    super(name);
    this.filter = TemplateParser.DEFAULT.filters.get(name);
  }

  @Override
  public Object apply(Object value, TemplateContext context, Object... params) {
    long growth = params.length == 0 ? 1 : Math.max(1, size(params[params.length - 1]));
    require(size(value) * growth <= MAX_PRODUCT);
    Object result = filter.apply(value, context, params);
    require(size(result) <= MAX_SIZE);
    return result;
  }

  private void require(boolean bounded) {
    if (!bounded) {
      throw new IllegalStateException("The result of " + name + " is too large");
    }
  }

  private static long size(Object value) {
    if (value instanceof CharSequence text) {
      return text.length();
    }
    if (value instanceof BigDecimal number) {
      return number.precision() + Math.abs((long) number.scale());
    }
    if (value instanceof Collection<?> items) {
      return items.size();
    }
    return value instanceof Object[] items ? items.length : 1;
  }
}
