package dev.copyloop.serving.admin;

import static dev.copyloop.serving.admin.TemplateActivity.lastDay;

import dev.copyloop.events.settings.Template;
import java.util.ArrayList;
import java.util.List;

/**
 * Something that is wrong with a template's set-up, as far as what arrives tells.
 *
 * @param cause the likely one
 * @param fix what to do
 */
record StatusProblem(String name, String cause, String fix) {
  /** Below it a difference may be calls that are under way. */
  private static final long FEW = 10;

  static List<StatusProblem> of(String org, Template template, TemplateActivity activity) {
    List<StatusProblem> problems = new ArrayList<>();
    addCallProblems(problems, org, template, activity);
    addBindingProblem(problems, template);
    addSignatureProblems(problems, activity);
    addArrivalProblems(problems, org, template, activity);
    return problems;
  }

  private static void addCallProblems(
      List<StatusProblem> problems, String org, Template template, TemplateActivity activity) {
    if (activity.calls(template).isEmpty()) {
      problems.add(
          new StatusProblem(
              "generate_never_called",
              "The Webhook Action is still a draft, or calls another URL or template_id",
              "In Customer.io set the Webhook Action to \"Send automatically\" and compare it with"
                  + " the template's setup; its URL ends in /api/generate/"
                  + org));
    }
    long failed = lastDay(activity.callsAtCustomerIo(template), "webhook_failed");
    if (failed > 0) {
      problems.add(
          new StatusProblem(
              "calls_failed",
              failed
                  + " calls of the last day failed at Customer.io: wrong API key, wrong URL, or"
                  + " a body whose Liquid misses an attribute",
              "Open a failed delivery of the Webhook Action in Customer.io: its message says which;"
                  + " then compare key and body with the template's setup"));
    }
    if (activity.lost(template) > FEW) {
      problems.add(
          new StatusProblem(
              "calls_lost",
              activity.lost(template)
                  + " calls of the last day were answered, but not here: the"
                  + " Webhook Action calls another URL, or names another template_id, or the"
                  + " campaign has other Webhook Actions and the binding names none",
              "Compare the Webhook Action's URL and body with the template's setup, and put its id"
                  + " into the binding as webhook_action_id"));
    }
  }

  private static void addBindingProblem(List<StatusProblem> problems, Template template) {
    if (template.bindings().isEmpty()) {
      problems.add(
          new StatusProblem(
              "not_bound",
              "Nobody told which campaign the template is used in, so no event can be its own",
              "POST the campaign's and the actions' ids to this template's bindings"));
    }
  }

  private static void addSignatureProblems(
      List<StatusProblem> problems, TemplateActivity activity) {
    long unknown = lastDay(activity.org(), "webhook_unknown");
    if (unknown > 0) {
      problems.add(
          new StatusProblem(
              "no_signing_key",
              unknown
                  + " webhooks of the last day came while the org had no signing key: anybody"
                  + " could have sent them, and of several workspaces nobody knows which one did",
              "Add the signing key that Customer.io shows on the reporting webhook's page to the"
                  + " workspace it belongs to"));
    }
    long unverified =
        lastDay(activity.org(), "webhook_unverified") + lastDay(activity.org(), "webhook_refused");
    if (unverified > 0) {
      problems.add(
          new StatusProblem(
              "wrong_signature",
              unverified
                  + " webhooks of the last day were signed with a key that is none of this"
                  + " org's: it was rotated, or they come from another workspace",
              "Add the signing key that Customer.io shows on the reporting webhook's page to the"
                  + " workspace it belongs to; what was landed is counted after a replay"));
    }
  }

  private static void addArrivalProblems(
      List<StatusProblem> problems, String org, Template template, TemplateActivity activity) {
    if (activity.org().isEmpty()) {
      problems.add(
          new StatusProblem(
              "webhook_never_fires",
              "No reporting webhook reached this org for eight days: it is disabled or has another"
                  + " endpoint",
              "In Customer.io enable the reporting webhook; its endpoint ends in /api/webhook/cio/"
                  + org));
    } else if (!template.bindings().isEmpty() && activity.messages(template).isEmpty()) {
      problems.add(
          new StatusProblem(
              "no_events_arriving",
              "Webhooks arrive, but none about this template's campaign: its events are not"
                  + " selected, nothing was sent, or the campaign is in another workspace",
              "Select sent, delivered, opened, clicked and converted for the reporting webhook, and"
                  + " compare workspace and campaign id with the binding"));
    }
  }
}
