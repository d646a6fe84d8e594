package dev.copyloop.serving.hydrate;

import java.util.Set;
import java.util.TreeSet;
import liqp.org.antlr.v4.runtime.tree.ParseTree;
import liquid.parser.v4.LiquidParser;

/** Which names a text looks up, except those it sets itself. */
final class MentionedFields {
  private final Set<String> names = new TreeSet<>();
  private final Set<String> own = new TreeSet<>(Set.of("forloop", "tablerowloop"));

  private MentionedFields() {}

  static Set<String> of(ParseTree text) {
    MentionedFields mentioned = new MentionedFields();
    mentioned.walk(text);
    mentioned.names.removeAll(mentioned.own);
    return mentioned.names;
  }

  private void walk(ParseTree tree) {
    if (tree instanceof LiquidParser.Lookup_id_indexesContext lookup) {
      names.add(lookup.id().getText());
    } else if (tree instanceof LiquidParser.AssignmentContext assignment) {
      own.add(assignment.id().getText());
    } else if (tree instanceof LiquidParser.Capture_tag_IdContext capture) {
      own.add(capture.id().getText());
    } else if (tree instanceof LiquidParser.For_arrayContext loop) {
      own.add(loop.id().getText());
    } else if (tree instanceof LiquidParser.For_rangeContext loop) {
      own.add(loop.id().getText());
    } else if (tree instanceof LiquidParser.Table_tagContext loop) {
      own.add(loop.id().getText());
    }
    for (int i = 0; i < tree.getChildCount(); i++) {
      walk(tree.getChild(i));
    }
  }
}
