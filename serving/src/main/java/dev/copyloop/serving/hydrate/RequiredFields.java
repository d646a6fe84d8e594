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
import liquid.parser.v4.LiquidParserBaseVisitor;

/**
 * Finds the fields that a text prints without a default and outside a condition that makes sure of
 * them. What can't be decided by looking counts as required: a variant too few is better than a
 * hole in a greeting.
 */
final class RequiredFields extends LiquidParserBaseVisitor<Void> {
  /** Filters that make something of an absent value, so that a default behind them never comes. */
  private static final Set<String> OF_NOTHING =
      Set.of(
          "abs",
          "absolute_url",
          "append",
          "divided_by",
          "json",
          "minus",
          "modulo",
          "plus",
          "prepend",
          "round",
          "size",
          "times");

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
    set(assignment.id().getText(), filtered(needs(assignment.expr()), assignment.filter()));
    return null;
  }

  /** What is known of the value before does not hold of the new one. */
  private void set(String name, Set<Set<String>> needs) {
    locals.put(name, needs);
    certain = new HashSet<>(certain);
    certain.removeIf(path -> path.equals(name) || path.startsWith(name + "."));
  }

  @Override
  public Void visitCapture_tag_Id(LiquidParser.Capture_tag_IdContext capture) {
    return capture(capture.id().getText(), capture.block());
  }

  @Override
  public Void visitCapture_tag_Str(LiquidParser.Capture_tag_StrContext capture) {
    return capture(unquoted(capture.Str()), capture.block());
  }

  private Void capture(String name, BlockContext block) {
    visit(block);
    set(name, Set.of());
    return null;
  }

  /** The text of a literal. */
  static String unquoted(ParseTree literal) {
    String text = literal.getText();
    return text.substring(1, text.length() - 1);
  }

  @Override
  public Void visitIf_tag(LiquidParser.If_tagContext tag) {
    Branches branches = new Branches();
    ConditionFacts facts = ConditionFacts.of(tag.expr());
    branches.visit(tag.block(), facts.whenTrue());
    Set<String> otherwise = new HashSet<>(facts.whenFalse());
    for (LiquidParser.Elsif_tagContext elsif : tag.elsif_tag()) {
      facts = ConditionFacts.of(elsif.expr());
      branches.visit(elsif.block(), union(otherwise, facts.whenTrue()));
      otherwise.addAll(facts.whenFalse());
    }
    branches.otherwise(tag.else_tag(), otherwise);
    return null;
  }

  @Override
  public Void visitUnless_tag(LiquidParser.Unless_tagContext tag) {
    Branches branches = new Branches();
    ConditionFacts facts = ConditionFacts.of(tag.expr());
    branches.visit(tag.block(), facts.whenFalse());
    branches.otherwise(tag.else_tag(), facts.whenTrue());
    return null;
  }

  @Override
  public Void visitCase_tag(LiquidParser.Case_tagContext tag) {
    Branches branches = new Branches();
    Set<String> subject = ConditionFacts.of(tag.expr()).whenTrue();
    for (LiquidParser.When_tagContext when : tag.when_tag()) {
      boolean certainly = when.term().stream().allMatch(ConditionFacts::isNotBlankLiteral);
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
    String path = ConditionFacts.path(expression);
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
    Set<Set<String>> lasting = Set.of();
    for (LiquidParser.FilterContext filter : filters) {
      String name = filter.Id().getText();
      Set<Set<String>> ofArguments = ofArguments(filter);
      needs = "default".equals(name) ? either(needs, ofArguments) : union(needs, ofArguments);
      lasting = OF_NOTHING.contains(name) ? union(lasting, needs) : lasting;
    }
    return union(needs, lasting);
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
}
