package dev.copyloop.landing.accept;

import dev.copyloop.landing.LandingState.Phase;
import dev.copyloop.landing.LandingUnavailableException;
import java.util.Optional;

/** Whether what stands behind the queue can take more. Thread-safe. */
interface Gate {
  /** Why this submission can't be taken now; empty if it can. */
  Optional<LandingUnavailableException> refusal(Submission submission);

  /** What a submission would meet: accepting, full or failing. */
  Phase phase();

  /** Why nothing can be made durable at the moment. */
  Optional<Throwable> failure();
}
