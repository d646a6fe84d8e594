package dev.copyloop.serving.admin;

import dev.copyloop.events.settings.Binding;
import dev.copyloop.events.settings.Org;
import dev.copyloop.events.settings.Split;
import dev.copyloop.events.settings.Template;
import dev.copyloop.serving.decide.CompiledTemplate;
import dev.copyloop.serving.decide.CompiledVariant;
import dev.copyloop.serving.decide.InvalidFilterException;
import dev.copyloop.serving.http.ProblemException;
import dev.copyloop.serving.hydrate.Fields;
import dev.copyloop.serving.hydrate.InvalidLiquidException;
import dev.copyloop.serving.hydrate.RenderFailedException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What must hold of an org's settings as a whole, after every change. */
final class OrgRules {
  private OrgRules() {}

  /**
   * Checks an org.
   *
   * @throws ProblemException saying what to do
   */
  static void check(Org org) {
    org.templates().forEach(OrgRules::checkTemplate);
    for (int i = 0; i < org.templates().size(); i++) {
      for (int j = i + 1; j < org.templates().size(); j++) {
        checkPair(org.templates().get(i), org.templates().get(j));
      }
    }
  }

  private static void checkTemplate(Template template) {
    CompiledTemplate compiled;
    try {
      compiled = CompiledTemplate.of(template);
    } catch (InvalidLiquidException | InvalidFilterException e) {
      throw ProblemException.invalid("Template " + template.id() + ": " + e.getMessage());
    }
    if (template.fallbackCopyId().isPresent() || !compiled.active().isEmpty()) {
      checkFallback(compiled);
    }
    template.bindings().forEach(OrgRules::checkBinding);
    template.splits().forEach(OrgRules::checkSplit);
    checkControl(compiled);
  }

  private static void checkControl(CompiledTemplate template) {
    boolean isSplitHere = template.source().splits().stream().anyMatch(Split::madeByGenerate);
    if (template.source().controlCopyId().isEmpty()) {
      if (isSplitHere) {
        throw ProblemException.conflict(
            "Template "
                + template.id()
                + " has no copy for control: create a variant with the existing message's texts and"
                + " name it as control_copy_id of the template first");
      }
      return;
    }
    CompiledVariant control =
        template
            .control()
            .orElseThrow(
                () ->
                    ProblemException.conflict(
                        "control_copy_id of template "
                            + template.id()
                            + " must be one of its variants that is not archived"));
    checkForEverybody("control copy", template, control);
  }

  private static void checkSplit(Split split) {
    if (!split.madeByGenerate() && split.controlShare().signum() != 0) {
      throw ProblemException.invalid(
          "control_share belongs to the binding where the campaign splits: leave it out");
    }
  }

  private static void checkFallback(CompiledTemplate template) {
    if (template.active().isEmpty()) {
      throw ProblemException.conflict(
          "Template "
              + template.id()
              + " would be left without an active variant: activate another one first");
    }
    CompiledVariant fallback =
        template
            .fallback()
            .orElseThrow(
                () ->
                    ProblemException.conflict(
                        "Template "
                            + template.id()
                            + " has no copy for a person without fields: give one active variant a"
                            + " default for each field, such as {{ first_name | default: 'there'"
                            + " }}, or name a fallback_copy_id that can be answered"));
    checkForEverybody("fallback", template, fallback);
  }

  private static void checkForEverybody(
      String role, CompiledTemplate template, CompiledVariant variant) {
    if (!variant.requirements().clauses().isEmpty()) {
      throw ProblemException.conflict(
          "The %s of template %s needs %s: give each a default"
              .formatted(role, template.id(), variant.requirements().text()));
    }
    try {
      variant.render(Fields.NONE);
    } catch (RenderFailedException e) {
      throw ProblemException.conflict(
          "The %s of template %s can't be rendered without fields: %s"
              .formatted(role, template.id(), e.getCause().getMessage()));
    }
  }

  private static void checkBinding(Binding binding) {
    if (binding.validTo().filter(end -> !end.isAfter(binding.validFrom())).isPresent()) {
      throw ProblemException.invalid("valid_to must be after valid_from");
    }
    Set<String> both = new HashSet<>(binding.messageActionIds());
    both.retainAll(binding.controlActionIds());
    if (!both.isEmpty()) {
      throw ProblemException.invalid(
          "Actions " + both + " can't be message and control at the same time");
    }
  }

  private static void checkPair(Template one, Template other) {
    for (Binding binding : one.bindings()) {
      for (Binding rival : other.bindings()) {
        if (inOneCampaign(binding, rival)) {
          checkApart(one, binding, other, rival);
        }
      }
    }
  }

  private static boolean inOneCampaign(Binding one, Binding other) {
    return one.workspace().equals(other.workspace())
        && one.campaignId().equals(other.campaignId())
        && one.broadcastId().equals(other.broadcastId())
        && one.validTo().map(end -> end.isAfter(other.validFrom())).orElse(true)
        && other.validTo().map(end -> end.isAfter(one.validFrom())).orElse(true);
  }

  private static void checkApart(Template one, Binding binding, Template other, Binding rival) {
    if (binding.messageActionIds().isEmpty() || rival.messageActionIds().isEmpty()) {
      throw ProblemException.conflict(
          "Templates "
              + one.id()
              + " and "
              + other.id()
              + " are used in one campaign at the same time: set message_action_ids on both"
              + " bindings, or nobody can tell their messages apart");
    }
    for (List<String> ids : List.of(rival.messageActionIds(), rival.controlActionIds())) {
      Set<String> shared = new HashSet<>(binding.messageActionIds());
      shared.addAll(binding.controlActionIds());
      shared.retainAll(ids);
      if (!shared.isEmpty()) {
        throw ProblemException.conflict(
            "Actions "
                + shared
                + " belong to both templates "
                + one.id()
                + " and "
                + other.id()
                + ": an action sends the messages of one template");
      }
    }
  }
}
