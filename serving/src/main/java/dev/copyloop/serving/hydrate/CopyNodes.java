package dev.copyloop.serving.hydrate;

import java.util.Collection;
import java.util.Map;
import liqp.TemplateContext;
import liqp.TemplateParser;
import liqp.nodes.LNode;
import liqp.parser.v4.NodeVisitor;
import liquid.parser.v4.LiquidParser;

/**
 * Builds a text's nodes. Differs from liqp where Liquid and Customer.io do: an absent value equals
 * {@code blank}, or {@code {% if name != blank %}} would greet nobody by name; and it is neither
 * less nor greater than anything.
 */
final class CopyNodes extends NodeVisitor {
  private static final String BLANK = "blank";

  CopyNodes(TemplateParser parser) {
    super(parser.insertions, parser.filters, parser.liquidStyleInclude);
  }

  @Override
  public LNode visitExpr_eq(LiquidParser.Expr_eqContext comparison) {
    boolean right = BLANK.equals(comparison.rhs.getText());
    if (!right && !BLANK.equals(comparison.lhs.getText())) {
      return super.visitExpr_eq(comparison);
    }
    LNode value = visit(right ? comparison.lhs : comparison.rhs);
    boolean expected = comparison.Eq() != null;
    return context -> isBlank(value, context) == expected;
  }

  @Override
  public LNode visitExpr_rel(LiquidParser.Expr_relContext relation) {
    LNode compared = super.visitExpr_rel(relation);
    LNode left = visit(relation.lhs);
    LNode right = visit(relation.rhs);
    return context ->
        left.render(context) == null || right.render(context) == null
            ? false
            : compared.render(context);
  }

  private static boolean isBlank(LNode node, TemplateContext context) {
    Object value = node.render(context);
    if (value == null || Boolean.FALSE.equals(value)) {
      return true;
    }
    if (value instanceof String text) {
      return text.isBlank();
    }
    if (value instanceof Collection<?> items) {
      return items.isEmpty();
    }
    return value instanceof Map<?, ?> map && map.isEmpty();
  }
}
