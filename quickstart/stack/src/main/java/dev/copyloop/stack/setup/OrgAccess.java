package dev.copyloop.stack.setup;

import dev.copyloop.stack.replay.Authentication;
import dev.copyloop.stack.replay.WebhookSignature;
import java.time.InstantSource;

/** What a client of an org needs to call it. */
public record OrgAccess(String org, String apiKey, String signingKey) {

  /** Signs reporting webhooks. */
  public Authentication signature() {
    return new WebhookSignature(signingKey, InstantSource.system());
  }

  @Override
  public String toString() {
    return "OrgAccess[" + org + "]";
  }
}
