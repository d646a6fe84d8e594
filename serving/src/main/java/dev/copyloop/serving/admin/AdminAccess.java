package dev.copyloop.serving.admin;

import dev.copyloop.serving.access.AdminToken;
import dev.copyloop.serving.access.Authorization;
import dev.copyloop.serving.access.Scope;
import dev.copyloop.serving.access.StoredKey;
import dev.copyloop.serving.http.Exchange;
import dev.copyloop.serving.http.ProblemException;
import dev.copyloop.serving.settings.CompiledOrg;
import dev.copyloop.serving.settings.CurrentSettings;
import java.util.Map;
import java.util.Optional;

/**
 * Who may use the admin API: the holder of its token everywhere, a key with the scope admin in its
 * own org. Thread-safe.
 */
public final class AdminAccess {
  private static final String ACTOR = "X-Copyloop-Actor";
  private static final int MAX_ACTOR = 200;

  private final AdminToken token;
  private final Authorization authorization;
  private final CurrentSettings settings;

  public AdminAccess(AdminToken token, Authorization authorization, CurrentSettings settings) {
    this.token = token;
    this.authorization = authorization;
    this.settings = settings;
  }

  /**
   * Lets a call in that is about an org.
   *
   * @return who it is, for the audit
   * @throws ProblemException 401 without the token or a key of that org, 403 if it lacks the scope
   */
  String require(Exchange exchange, String org) {
    return token.admits(exchange) ? claimed(exchange) : "key " + key(exchange, org).keyId();
  }

  /** Lets a call in that is about all orgs: only the token does. */
  String require(Exchange exchange) {
    if (!token.admits(exchange)) {
      throw ProblemException.unauthorized("Send the admin token as Authorization: Bearer");
    }
    return claimed(exchange);
  }

  private StoredKey key(Exchange exchange, String org) {
    Map<String, StoredKey> keys =
        settings
            .snapshot()
            .flatMap(snapshot -> Optional.ofNullable(snapshot.orgs().get(org)))
            .map(CompiledOrg::keys)
            .orElse(Map.of());
    return authorization.require(exchange, keys, Scope.ADMIN);
  }

  /** Who the holder of the token says to be. */
  private static String claimed(Exchange exchange) {
    String claimed = exchange.header(ACTOR).orElse("admin");
    return claimed.length() <= MAX_ACTOR ? claimed : claimed.substring(0, MAX_ACTOR);
  }
}
