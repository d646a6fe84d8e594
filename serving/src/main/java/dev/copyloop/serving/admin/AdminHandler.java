package dev.copyloop.serving.admin;

import io.vertx.core.Future;

/** Carries out one kind of admin call. Must not block. */
@FunctionalInterface
interface AdminHandler {
  /** The reply; a failure becomes a problem. */
  Future<AdminReply> handle(AdminCall call);
}
