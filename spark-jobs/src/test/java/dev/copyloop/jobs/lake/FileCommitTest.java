package dev.copyloop.jobs.lake;

import static dev.copyloop.jobs.lake.SampleRows.rows;
import static dev.copyloop.jobs.lake.SampleRows.someRows;
import static dev.copyloop.jobs.lake.SampleRows.table;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.copyloop.jobs.run.RunContext;
import dev.copyloop.jobs.run.TestLake;
import io.delta.exceptions.DeltaConcurrentModificationException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A commit of files that tasks wrote against other commits to the table. */
class FileCommitTest {
  private static final TableSpec OURS = table("ours");

  @TempDir private Path folder;
  private RunContext run;

  @BeforeEach
  void open() {
    run = TestLake.in(folder).run();
  }

  @Test
  void whoeverWritesMeanwhileMakesAReplacementFail() {
    append(7);
    FileCommit replacement =
        FileCommit.begin(TestLake.spark(), run.tables().location(OURS))
            .removing(file -> true, "true");
    run.tables().append(OURS, InternalRows.of(rows(someRows())), Optional.empty());

    assertThatThrownBy(() -> replacement.make(OptionalLong.empty(), "{}"))
        .isInstanceOf(DeltaConcurrentModificationException.class);
    assertThat(run.tables().read(OURS).count()).isEqualTo(2L * someRows().size());
  }

  @Test
  void aCommitWhoseNumberIsLateIsLeftOut() {
    append(7);
    append(7);
    append(6);
    assertThat(run.tables().read(OURS).count()).isEqualTo(someRows().size());

    append(8);
    assertThat(run.tables().read(OURS).count()).isEqualTo(2L * someRows().size());
  }

  private void append(long number) {
    run.tables().read(OURS);
    String location = run.tables().location(OURS);
    DayFiles files = DayFiles.of(TestLake.spark(), location, OURS);
    FileCommit.begin(TestLake.spark(), location)
        .adding(files.write(InternalRows.of(rows(someRows()))).orElseThrow())
        .make(OptionalLong.of(number), "{}");
  }
}
