package dev.copyloop.serving.hydrate;

import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Set;
import liqp.org.antlr.v4.runtime.tree.ParseTree;
import liquid.parser.v4.LiquidParser;
import liquid.parser.v4.LiquidParser.ExprContext;

/**
 * What a condition tells about a person's fields.
 *
 * @param whenTrue the paths that are present for certain when it holds
 * @param whenFalse those that are present for certain when it does not
 */
record ConditionFacts(Set<String> whenTrue, Set<String> whenFalse) {
  private static final ConditionFacts NONE = new ConditionFacts(Set.of(), Set.of());

  static ConditionFacts of(ExprContext condition) {
    if (condition instanceof LiquidParser.Expr_logicContext logic) {
      return logic.And() != null
          ? and(of(logic.lhs), of(logic.rhs))
          : or(of(logic.lhs), of(logic.rhs));
    }
    if (condition instanceof LiquidParser.Expr_eqContext comparison) {
      return comparison(comparison);
    }
    if (condition instanceof LiquidParser.Expr_relContext relation) {
      return present(path(relation.lhs));
    }
    if (condition instanceof LiquidParser.Expr_containsContext contains) {
      return present(path(contains.lhs));
    }
    return present(path(condition));
  }

  private static ConditionFacts comparison(LiquidParser.Expr_eqContext comparison) {
    boolean pathFirst = path(comparison.lhs) != null;
    String path = path(pathFirst ? comparison.lhs : comparison.rhs);
    ExprContext value = pathFirst ? comparison.rhs : comparison.lhs;
    if (path == null || path(value) != null) {
      return NONE;
    }
    boolean equal = comparison.Eq() != null;
    return switch (value.getText()) {
      case "blank", "nil", "null" ->
          equal ? new ConditionFacts(Set.of(), Set.of(path)) : present(path);
      default -> equal && isNotBlankLiteral(value) ? present(path) : NONE;
    };
  }

  /** Whether nothing that is absent equals it. */
  static boolean isNotBlankLiteral(ParseTree expression) {
    return switch (expression.getText()) {
      case "blank", "empty", "nil", "null", "''", "\"\"" -> false;
      default -> path(expression) == null;
    };
  }

  private static ConditionFacts present(String path) {
    return path == null ? NONE : new ConditionFacts(Set.of(path), Set.of());
  }

  private static ConditionFacts and(ConditionFacts one, ConditionFacts other) {
    return new ConditionFacts(
        union(one.whenTrue, other.whenTrue), intersection(one.whenFalse, other.whenFalse));
  }

  private static ConditionFacts or(ConditionFacts one, ConditionFacts other) {
    return new ConditionFacts(
        intersection(one.whenTrue, other.whenTrue), union(one.whenFalse, other.whenFalse));
  }

  private static Set<String> intersection(Set<String> one, Set<String> other) {
    Set<String> common = new HashSet<>(one);
    common.retainAll(other);
    return common;
  }

  /** The path of a plain look-up such as {@code company.name}; null for anything else. */
  static String path(ParseTree expression) {
    ParseTree tree = expression;
    while (tree.getChildCount() == 1) {
      tree = tree.getChild(0);
    }
    ParseTree lookup = tree.getChildCount() == 0 ? tree.getParent() : tree;
    while (lookup != null
        && !(lookup instanceof LiquidParser.LookupContext)
        && lookup != expression) {
      lookup = lookup.getParent();
    }
    if (lookup instanceof LiquidParser.Lookup_id_indexesContext found) {
      return path(found);
    }
    if (tree instanceof LiquidParser.Term_exprContext inParentheses) {
      return path(inParentheses.expr());
    }
    return lookup instanceof LiquidParser.LookupContext ? lookup.getText() : null;
  }

  private static String path(LiquidParser.Lookup_id_indexesContext lookup) {
    if ("null".equals(lookup.getText())) {
      // Another word for nil, which the grammar takes for a name.
      return null;
    }
    StringBuilder path = new StringBuilder(lookup.id().getText());
    for (LiquidParser.IndexContext index : lookup.index()) {
      String name = index.id2() != null ? index.id2().getText() : nameIn(index.expr().getText());
      if (name.isEmpty()) {
        return path.toString();
      }
      path.append('.').append(name);
    }
    return path.toString();
  }

  /** The name in an index such as {@code ['name']}; empty for any other. */
  private static String nameIn(String index) {
    boolean isLiteral = index.startsWith("'") || index.startsWith("\"");
    return isLiteral && index.indexOf('.') < 0 ? index.substring(1, index.length() - 1) : "";
  }

  private static Set<String> union(Set<String> one, Set<String> other) {
    Set<String> all = new LinkedHashSet<>(one);
    all.addAll(other);
    return all;
  }
}
