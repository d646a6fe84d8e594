package dev.copyloop.serving.admin;

import com.fasterxml.jackson.databind.JsonNode;
import dev.copyloop.events.settings.ExportSettings;
import dev.copyloop.events.settings.ExportSettings.Dataset;
import dev.copyloop.events.settings.ExportSettings.Destination;
import dev.copyloop.events.settings.ExportSettings.Format;
import dev.copyloop.events.settings.ExportSettings.Maps;
import dev.copyloop.events.settings.ExportSettings.Rendered;
import dev.copyloop.events.settings.ExportSettings.Shape;
import dev.copyloop.events.settings.ExportSettings.Vars;
import dev.copyloop.events.settings.ExportSettingsJson;
import dev.copyloop.serving.http.ProblemException;
import io.vertx.core.Future;
import io.vertx.sqlclient.Tuple;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** {@code /api/admin/orgs/{org}/exports}: what is exported, how, and to where. */
final class ExportResource {
  private static final String PART = "exports";
  private static final String PUT = "update org set exports = $2::text::jsonb where slug = $1";
  private static final Pattern BUCKET = Pattern.compile("[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]");
  private static final Pattern PREFIX = Pattern.compile("([A-Za-z0-9!_.*'()=-]+/)*");
  private static final Pattern REGION = Pattern.compile("[a-z0-9-]{2,40}");
  private static final Pattern ROLE =
      Pattern.compile("arn:[a-z-]+:iam::\\d{12}:role/[\\w+=,.@/-]{1,512}");
  private static final Pattern EXTERNAL_ID = Pattern.compile("[\\w+=,.@:/-]{2,200}");

  private final AdminStore store;

  ExportResource(AdminStore store) {
    this.store = store;
  }

  Future<AdminReply> get(AdminCall call) {
    return store.org(call.org()).map(org -> AdminReply.tagged(200, org.get(PART)));
  }

  Future<AdminReply> put(AdminCall call) {
    ExportSettings exports = read(call.body());
    return store
        .org(call.org())
        .compose(
            org ->
                store.changeMatched(
                    call,
                    new AdminStore.Subject("put", PART, document -> document.path(PART)),
                    connection ->
                        connection
                            .preparedQuery(PUT)
                            .execute(
                                Tuple.of(
                                    call.org(), ExportSettingsJson.write(exports).toString()))))
        .compose(done -> get(call));
  }

  private static ExportSettings read(AdminBody body) {
    body.only("datasets", "vars", "vars_rendered", "maps", "format", "destination");
    Shape shape =
        new Shape(
            body.label("vars", Vars.class).orElse(Vars.INLINE),
            body.label("vars_rendered", Rendered.class).orElse(Rendered.OMITTED),
            body.label("maps", Maps.class).orElse(Maps.NATIVE),
            body.label("format", Format.class).orElse(Format.PARQUET));
    return new ExportSettings(
        body.node("datasets").isPresent()
            ? datasets(body.texts("datasets"))
            : ExportSettings.DEFAULT.datasets(),
        shape,
        body.node("destination").map(ExportResource::destination));
  }

  private static Set<Dataset> datasets(List<String> names) {
    Set<Dataset> datasets = EnumSet.noneOf(Dataset.class);
    for (String name : names) {
      datasets.add(
          Arrays.stream(Dataset.values())
              .filter(dataset -> dataset.table().equals(name))
              .findFirst()
              .orElseThrow(
                  () ->
                      ProblemException.invalid(
                          "datasets must be of "
                              + Arrays.toString(Dataset.values()).toLowerCase(Locale.ROOT))));
    }
    return datasets;
  }

  private static Destination destination(JsonNode node) {
    if (!node.isObject()) {
      throw ProblemException.invalid("destination must be an object with bucket and prefix");
    }
    AdminBody body = AdminBody.of(node);
    body.only("bucket", "prefix", "bucket_region", "role_arn", "external_id");
    Optional<String> role =
        body.text("role_arn").map(text -> checked(ROLE, text, "role_arn", "a role's ARN"));
    Optional<String> externalId =
        body.text("external_id")
            .map(text -> checked(EXTERNAL_ID, text, "external_id", "2 to 200 plain characters"));
    if (externalId.isPresent() && role.isEmpty()) {
      throw ProblemException.invalid("external_id is of a role: set role_arn too");
    }
    return new Destination(
        checked(BUCKET, body.requiredText("bucket"), "bucket", "a bucket's name"),
        body.text("prefix")
            .map(text -> checked(PREFIX, text, "prefix", "a path that ends in a slash"))
            .orElse(""),
        body.text("bucket_region")
            .map(text -> checked(REGION, text, "bucket_region", "a region's name")),
        role,
        externalId);
  }

  private static String checked(Pattern pattern, String text, String member, String expected) {
    if (!pattern.matcher(text).matches()) {
      throw ProblemException.invalid("destination." + member + " must be " + expected);
    }
    return text;
  }
}
