package dev.copyloop.serving.activity;

import dev.copyloop.events.landing.LandedBody;
import dev.copyloop.events.landing.Verification;
import dev.copyloop.events.settings.Org;
import java.util.Optional;

/** Counts the webhooks of Customer.io, after they were answered. Thread-safe. */
public final class WebhookActivity {
  private static final int MAX_READ = 64 * 1024;

  private final Activity activity;

  public WebhookActivity(Activity activity) {
    this.activity = activity;
  }

  /**
   * A webhook was landed.
   *
   * @param workspace the one whose signing key verified it
   */
  public void landed(
      Org org, Verification verification, Optional<String> workspace, LandedBody body) {
    activity.count(org.slug(), Places.ORG, "webhook_" + verification.label());
    if (verification != Verification.UNVERIFIED
        && body instanceof LandedBody.Json json
        && json.bytes().length <= MAX_READ) {
      String placed = workspace.or(org::soleWorkspace).orElse("");
      WebhookFacts.read(json.bytes())
          .ifPresent(
              facts -> activity.count(org.slug(), Places.action(placed, facts), facts.metric()));
    }
  }

  /** A webhook that does not verify was refused. */
  public void refused(String org) {
    activity.count(org, Places.ORG, "webhook_refused");
  }
}
