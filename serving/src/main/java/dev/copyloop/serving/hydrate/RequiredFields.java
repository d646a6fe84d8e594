package dev.copyloop.serving.hydrate;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import liqp.exceptions.LiquidException;
import liqp.org.antlr.v4.runtime.tree.ParseTree;
import liquid.parser.v4.LiquidParser;
import liquid.parser.v4.LiquidParser.BlockContext;
import liquid.parser.v4.LiquidParser.ExprContext;
import liquid.parser.v4.LiquidParserBaseVisitor;

/**
 * Finds the fields that a text prints without a default and outside a condition that makes sure of
 * them. What can't be decided by looking counts as required: a variant too few is better than a
 * hole in a greeting.
 */
final class RequiredFields extends LiquidParserBaseVisitor<Void> {
  private final Set<Set<String>> required = new LinkedHashSet<>();
  private Set<String> certain = Set.of();
  private Map<String, Set<Set<String>>> locals = new HashMap<>();

  private RequiredFields() {}

  /** The requirements of a parsed text. */
  static Requirements of(ParseTree text) {
    RequiredFields visitor = new RequiredFields();
    visitor.visit(text);
    return new Requirements(List.copyOf(visitor.required));
  }

  @Override
  public Void visitOutput(LiquidParser.OutputContext output) {
    Set<Set<String>> needs = output.expr() != null ? needs(output.expr()) : needs(output.term());
    required.addAll(filtered(needs, output.filter()));
    return null;
  }

  @Override
  public Void visitInclude_tag(LiquidParser.Include_tagContext tag) {
    throw new LiquidException("include is not available in copy", tag);
  }

  @Override
  public Void visitInclude_relative_tag(LiquidParser.Include_relative_tagContext tag) {
    throw new LiquidException("include_relative is not available in copy", tag);
  }

  @Override
  public Void visitAssignment(LiquidParser.AssignmentContext assignment) {
    locals.put(assignment.id().getText(), filtered(needs(assignment.expr()), assignment.filter()));
    return null;
  }

  @Override
  public Void visitCapture_tag_Id(LiquidParser.Capture_tag_IdContext capture) {
    visit(capture.block());
    locals.put(capture.id().getText(), Set.of());
    return null;
  }

  @Override
  public Void visitIf_tag(LiquidParser.If_tagContext tag) {
    Branches branches = new Branches();
    Facts facts = Facts.of(tag.expr());
    branches.visit(tag.block(), facts.whenTrue());
    Set<String> otherwise = new HashSet<>(facts.whenFalse());
    for (LiquidParser.Elsif_tagContext elsif : tag.elsif_tag()) {
      facts = Facts.of(elsif.expr());
      branches.visit(elsif.block(), union(otherwise, facts.whenTrue()));
      otherwise.addAll(facts.whenFalse());
    }
    branches.otherwise(tag.else_tag(), otherwise);
    return null;
  }

  @Override
  public Void visitUnless_tag(LiquidParser.Unless_tagContext tag) {
    Branches branches = new Branches();
    Facts facts = Facts.of(tag.expr());
    branches.visit(tag.block(), facts.whenFalse());
    branches.otherwise(tag.else_tag(), facts.whenTrue());
    return null;
  }

  @Override
  public Void visitCase_tag(LiquidParser.Case_tagContext tag) {
    Branches branches = new Branches();
    Set<String> subject = Facts.of(tag.expr()).whenTrue();
    for (LiquidParser.When_tagContext when : tag.when_tag()) {
      boolean certainly = when.term().stream().allMatch(Facts::isNotBlankLiteral);
      branches.visit(when.block(), certainly ? subject : Set.of());
    }
    branches.otherwise(tag.else_tag(), Set.of());
    return null;
  }

  @Override
  public Void visitFor_array(LiquidParser.For_arrayContext tag) {
    visitLoop(tag.id().getText(), tag.for_block());
    return null;
  }

  @Override
  public Void visitFor_range(LiquidParser.For_rangeContext tag) {
    visitLoop(tag.id().getText(), tag.block());
    return null;
  }

  @Override
  public Void visitTable_tag(LiquidParser.Table_tagContext tag) {
    visitLoop(tag.id().getText(), tag.block());
    return null;
  }

  private void visitLoop(String variable, ParseTree body) {
    Map<String, Set<Set<String>>> before = locals;
    locals = new HashMap<>(before);
    locals.put(variable, Set.of());
    locals.put("forloop", Set.of());
    locals.put("tablerowloop", Set.of());
    visit(body);
    locals = before;
  }

  @Override
  public Void visitCycle_tag(LiquidParser.Cycle_tagContext tag) {
    tag.expr().forEach(expression -> required.addAll(needs(expression)));
    return null;
  }

  /** Clauses without which an expression would print nothing. */
  private Set<Set<String>> needs(ParseTree expression) {
    String path = Facts.path(expression);
    if (path == null || certain.contains(path)) {
      return Set.of();
    }
    int dot = path.indexOf('.');
    String name = dot < 0 ? path : path.substring(0, dot);
    Set<Set<String>> local = locals.get(name);
    return local != null ? local : Set.of(Set.of(path));
  }

  private Set<Set<String>> filtered(
      Set<Set<String>> base, List<LiquidParser.FilterContext> filters) {
    Set<Set<String>> needs = base;
    for (LiquidParser.FilterContext filter : filters) {
      Set<Set<String>> ofArguments = ofArguments(filter);
      needs =
          "default".equals(filter.Id().getText())
              ? either(needs, ofArguments)
              : union(needs, ofArguments);
    }
    return needs;
  }

  private Set<Set<String>> ofArguments(LiquidParser.FilterContext filter) {
    Set<Set<String>> needs = new LinkedHashSet<>();
    if (filter.params() != null) {
      for (LiquidParser.Param_exprContext argument : filter.params().param_expr()) {
        if (argument instanceof LiquidParser.Param_expr_exprContext positional) {
          needs.addAll(needs(positional.expr()));
        }
      }
    }
    return needs;
  }

  private static Set<Set<String>> either(Set<Set<String>> base, Set<Set<String>> fallback) {
    Set<Set<String>> both = new LinkedHashSet<>();
    for (Set<String> one : base) {
      for (Set<String> other : fallback) {
        both.add(union(one, other));
      }
    }
    return both;
  }

  private static <T> Set<T> union(Set<T> one, Set<T> other) {
    Set<T> all = new LinkedHashSet<>(one);
    all.addAll(other);
    return all;
  }

  /** The branches of one condition: each starts from the same state, then they are merged. */
  private final class Branches {
    private final Map<String, Set<Set<String>>> localsBefore = locals;
    private final Set<String> certainBefore = certain;
    private final List<Map<String, Set<Set<String>>>> localsAfter = new ArrayList<>();

    void visit(BlockContext block, Set<String> facts) {
      locals = new HashMap<>(localsBefore);
      certain = union(certainBefore, facts);
      RequiredFields.this.visit(block);
      localsAfter.add(locals);
      certain = certainBefore;
    }

    void otherwise(LiquidParser.Else_tagContext tag, Set<String> facts) {
      if (tag == null) {
        localsAfter.add(localsBefore);
      } else {
        visit(tag.block(), facts);
      }
      locals = merged();
    }

    private Map<String, Set<Set<String>>> merged() {
      Map<String, Set<Set<String>>> merged = new HashMap<>();
      for (Map<String, Set<Set<String>>> branch : localsAfter) {
        for (String name : branch.keySet()) {
          merged.computeIfAbsent(name, this::needsInAnyBranch);
        }
      }
      return merged;
    }

    private Set<Set<String>> needsInAnyBranch(String name) {
      Set<Set<String>> needs = new LinkedHashSet<>();
      for (Map<String, Set<Set<String>>> branch : localsAfter) {
        needs.addAll(branch.getOrDefault(name, Set.of(Set.of(name))));
      }
      return needs;
    }
  }

  /** The paths that are present for certain when a condition holds, or does not. */
  private record Facts(Set<String> whenTrue, Set<String> whenFalse) {
    private static final Facts NONE = new Facts(Set.of(), Set.of());

    static Facts of(ExprContext condition) {
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

    private static Facts comparison(LiquidParser.Expr_eqContext comparison) {
      boolean pathFirst = path(comparison.lhs) != null;
      String path = path(pathFirst ? comparison.lhs : comparison.rhs);
      ExprContext value = pathFirst ? comparison.rhs : comparison.lhs;
      if (path == null || path(value) != null) {
        return NONE;
      }
      boolean equal = comparison.Eq() != null;
      return switch (value.getText()) {
        case "blank", "nil" -> equal ? new Facts(Set.of(), Set.of(path)) : present(path);
        default -> equal && isNotBlankLiteral(value) ? present(path) : NONE;
      };
    }

    /** Whether nothing that is absent equals it. */
    static boolean isNotBlankLiteral(ParseTree expression) {
      return switch (expression.getText()) {
        case "blank", "empty", "nil", "''", "\"\"" -> false;
        default -> path(expression) == null;
      };
    }

    private static Facts present(String path) {
      return path == null ? NONE : new Facts(Set.of(path), Set.of());
    }

    private static Facts and(Facts one, Facts other) {
      return new Facts(
          union(one.whenTrue, other.whenTrue), intersection(one.whenFalse, other.whenFalse));
    }

    private static Facts or(Facts one, Facts other) {
      return new Facts(
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
      StringBuilder path = new StringBuilder(lookup.id().getText());
      for (LiquidParser.IndexContext index : lookup.index()) {
        if (index.id2() == null) {
          return path.toString();
        }
        path.append('.').append(index.id2().getText());
      }
      return path.toString();
    }
  }
}
