package dev.copyloop.jobs;

import dev.copyloop.jobs.progress.StageRun;
import dev.copyloop.jobs.run.TestLake;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Lets the nights of a test compute only what is new, however small the lake. */
final class ComputesOnlyNews implements BeforeAllCallback, AfterAllCallback {

  @Override
  public void beforeAll(ExtensionContext context) {
    TestLake.spark().conf().set(StageRun.WHOLE_BELOW, "0");
  }

  @Override
  public void afterAll(ExtensionContext context) {
    TestLake.spark().conf().unset(StageRun.WHOLE_BELOW);
  }
}
