package dev.copyloop.serving.hydrate;

import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import liqp.org.antlr.v4.runtime.tree.ParseTree;
import liquid.parser.v4.LiquidParser;

/** Which names a text looks up, except those that it has set before. */
final class MentionedFields {
  private final Set<String> names = new TreeSet<>();
  private final Set<String> own = new TreeSet<>(Set.of("forloop", "tablerowloop", "null"));

  private MentionedFields() {}

  static Set<String> of(ParseTree text) {
    MentionedFields mentioned = new MentionedFields();
    mentioned.walk(text);
    return mentioned.names;
  }

  private void walk(ParseTree tree) {
    if (tree instanceof LiquidParser.Lookup_id_indexesContext lookup
        && !own.contains(lookup.id().getText())) {
      names.add(lookup.id().getText());
    }
    loopVariable(tree).ifPresent(own::add);
    for (int i = 0; i < tree.getChildCount(); i++) {
      walk(tree.getChild(i));
    }
    // What it is set from may be the field of the same name.
    variable(tree).ifPresent(own::add);
  }

  private static Optional<String> loopVariable(ParseTree tree) {
    if (tree instanceof LiquidParser.For_arrayContext loop) {
      return Optional.of(loop.id().getText());
    }
    if (tree instanceof LiquidParser.For_rangeContext loop) {
      return Optional.of(loop.id().getText());
    }
    return tree instanceof LiquidParser.Table_tagContext loop
        ? Optional.of(loop.id().getText())
        : Optional.empty();
  }

  private static Optional<String> variable(ParseTree tree) {
    if (tree instanceof LiquidParser.AssignmentContext assignment) {
      return Optional.of(assignment.id().getText());
    }
    if (tree instanceof LiquidParser.Capture_tag_IdContext capture) {
      return Optional.of(capture.id().getText());
    }
    return tree instanceof LiquidParser.Capture_tag_StrContext capture
        ? Optional.of(RequiredFields.unquoted(capture.Str()))
        : Optional.empty();
  }
}
