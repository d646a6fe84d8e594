package dev.copyloop.serving.decide;

import dev.copyloop.events.generation.Arm;
import dev.copyloop.events.settings.Split;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The arm that generate put a person into. Drawn by a number of its own, so that the arm tells
 * nothing of the variant; a person is control while that number is below the control share, so that
 * another share moves only those between the two.
 *
 * @param probability of this arm, above 0
 */
record ArmDraw(Arm arm, double probability) {

  /** Draws; a person without any id is drawn at random. */
  static ArmDraw of(Split split, String templateId, Question question) {
    double share = split.controlShare().doubleValue();
    double unit =
        question.anonymous()
            ? ThreadLocalRandom.current().nextDouble()
            : DrawHash.unit(
                DrawHash.ofArm(
                    question.org(),
                    templateId,
                    question.userId().orElse(""),
                    question.trackingId().orElse("")));
    return unit < share ? new ArmDraw(Arm.CONTROL, share) : new ArmDraw(Arm.TREATMENT, 1 - share);
  }
}
