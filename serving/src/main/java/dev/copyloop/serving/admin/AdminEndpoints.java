package dev.copyloop.serving.admin;

import dev.copyloop.serving.http.Endpoint;
import dev.copyloop.serving.http.Route;
import dev.copyloop.serving.secrets.SecretBox;
import io.vertx.core.http.HttpMethod;
import io.vertx.sqlclient.Pool;
import java.util.ArrayList;
import java.util.List;

/** Every route of the admin API. */
public final class AdminEndpoints {
  private static final String ORG = "/api/admin/orgs/{org}";
  private static final String TEMPLATE = ORG + "/templates/{template_id}";
  private static final String WORKSPACE = ORG + "/workspaces/{workspace}";

  private final AdminAccess access;
  private final List<Endpoint> endpoints = new ArrayList<>();

  /**
   * @param publicUrl what Customer.io calls, without a trailing slash
   */
  public AdminEndpoints(
      AdminAccess access, Pool pool, SecretBox secrets, ServedCopies served, String publicUrl) {
    this.access = access;
    AdminStore store = new AdminStore(pool);
    orgs(new OrgResource(store));
    keys(new KeyResource(store, pool));
    workspaces(new WorkspaceResource(store), new SigningKeyResource(store, pool, secrets));
    templates(new TemplateResource(store), new SplitResource(store));
    add(HttpMethod.GET, TEMPLATE + "/status", new StatusResource(store, pool)::get);
    add(HttpMethod.GET, TEMPLATE + "/setup", new SetupResource(store, publicUrl)::get);
    variants(new VariantResource(store, served));
    bindings(new BindingResource(store));
    exports(new ExportResource(store));
    add(HttpMethod.PUT, TEMPLATE + "/experiment", new ExperimentResource(store)::put);
    add(HttpMethod.PUT, ORG + "/rules/{rule_id}", new RuleResource(store)::put);
    add(HttpMethod.PUT, ORG + "/metrics/{metric_id}", new CustomMetricResource(store)::put);
    add(
        HttpMethod.GET,
        "/api/admin/settings",
        call -> store.settings().map(text -> AdminReply.ok(AdminStore.tree(text))));
  }

  private void orgs(OrgResource orgs) {
    add(HttpMethod.PUT, ORG, orgs::put);
    add(HttpMethod.GET, ORG, orgs::get);
  }

  private void exports(ExportResource exports) {
    add(HttpMethod.PUT, ORG + "/exports", exports::put);
    add(HttpMethod.GET, ORG + "/exports", exports::get);
  }

  private void keys(KeyResource keys) {
    add(HttpMethod.POST, ORG + "/keys", keys::post);
    add(HttpMethod.GET, ORG + "/keys", keys::list);
    add(HttpMethod.PUT, ORG + "/keys/{key_id}", keys::put);
    add(HttpMethod.DELETE, ORG + "/keys/{key_id}", keys::delete);
  }

  private void workspaces(WorkspaceResource workspaces, SigningKeyResource signingKeys) {
    add(HttpMethod.PUT, WORKSPACE, workspaces::put);
    add(HttpMethod.GET, WORKSPACE, workspaces::get);
    add(HttpMethod.POST, WORKSPACE + "/signing-keys", signingKeys::post);
    add(HttpMethod.GET, WORKSPACE + "/signing-keys", signingKeys::list);
    add(HttpMethod.DELETE, WORKSPACE + "/signing-keys/{signing_key_id}", signingKeys::delete);
  }

  private void templates(TemplateResource templates, SplitResource splits) {
    add(HttpMethod.PUT, TEMPLATE, templates::put);
    add(HttpMethod.GET, TEMPLATE, templates::get);
    add(HttpMethod.PUT, TEMPLATE + "/split", splits::put);
  }

  private void variants(VariantResource variants) {
    add(HttpMethod.POST, TEMPLATE + "/variants", variants::post);
    add(HttpMethod.GET, TEMPLATE + "/variants/{copy_id}", variants::get);
    add(HttpMethod.PUT, TEMPLATE + "/variants/{copy_id}", variants::put);
  }

  private void bindings(BindingResource bindings) {
    add(HttpMethod.POST, TEMPLATE + "/bindings", bindings::post);
    add(HttpMethod.GET, TEMPLATE + "/bindings/{binding_id}", bindings::get);
    add(HttpMethod.PUT, TEMPLATE + "/bindings/{binding_id}", bindings::put);
    add(HttpMethod.DELETE, TEMPLATE + "/bindings/{binding_id}", bindings::delete);
  }

  private void add(HttpMethod method, String path, AdminHandler handler) {
    endpoints.add(new AdminEndpoint(access, new Route(method, path), handler));
  }

  /** All of them. */
  public List<Endpoint> all() {
    return List.copyOf(endpoints);
  }
}
