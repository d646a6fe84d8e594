package dev.copyloop.jobs.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExecutorOptionsTest {

  @Test
  void areThoseOfTheNightsOwnProcess() {
    List<String> own = ManagementFactory.getRuntimeMXBean().getInputArguments();
    assertThat(ExecutorOptions.line().split(" "))
        .contains("-XX:+UseParallelGC")
        .allSatisfy(option -> assertThat(own).contains(option));
  }
}
