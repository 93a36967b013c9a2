package io.dynadiff.trainer.data;

import io.dynadiff.trainer.data.FeedSurvey.Stretch;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Which frames of an environment train, validate and test: in time order, so that what is tested on
 * lies after what was trained on.
 *
 * <pre>
 *   stretches   |-----------------|   |------------|
 *   frames      | training           | valid. | test |
 * </pre>
 */
final class FeedSplit {

  private static final double VALIDATION_SHARE = 0.15;
  private static final double TEST_SHARE = 0.15;
  private static final int FEWEST_TRAINING_WINDOWS = 2;

  private final FeedSurvey survey;
  private final int horizon;
  private final int window;

  /**
   * Splits a feed.
   *
   * @param horizon steps of a scored rollout, at least 1
   * @param window frames of an observation window, at least 1
   */
  FeedSplit(FeedSurvey survey, int horizon, int window) {
    this.survey = survey;
    this.horizon = horizon;
    this.window = window;
  }

  /**
   * Frames of a stretch.
   *
   * @param from first frame, inclusive
   * @param to last frame, exclusive
   */
  record Part(Stretch stretch, long from, long to) {

    long length() {
      return to - from;
    }
  }

  int horizon() {
    return horizon;
  }

  int window() {
    return window;
  }

  /** Frames to train on. */
  List<Part> training(String environment) {
    return parts(environment, 0, trainingEnd(environment), "training", window);
  }

  /** Frames to stop early and judge quality by. */
  List<Part> validation(String environment) {
    return parts(
        environment,
        trainingEnd(environment),
        survey.frames(environment) - tested(environment),
        "validation",
        window);
  }

  /** Frames that are only scored. */
  List<Part> test(String environment) {
    long frames = survey.frames(environment);
    return parts(environment, frames - tested(environment), frames, "tests", window + horizon);
  }

  private long tested(String environment) {
    return Math.max(window + horizon, Math.round(TEST_SHARE * survey.frames(environment)));
  }

  private long trainingEnd(String environment) {
    long frames = survey.frames(environment);
    long validated = Math.max(window, Math.round(VALIDATION_SHARE * frames));
    long end = frames - tested(environment) - validated;
    if (end < (long) FEWEST_TRAINING_WINDOWS * window) {
      throw new IllegalArgumentException(
          survey.path()
              + ": environment "
              + environment
              + ": expected at least "
              + ((FEWEST_TRAINING_WINDOWS + 2) * window + horizon)
              + " frames ("
              + FEWEST_TRAINING_WINDOWS * window
              + " to train, "
              + window
              + " to validate, "
              + (window + horizon)
              + " to test), found "
              + frames
              + "; record for longer, at a shorter --interval, or ask for shorter windows and"
              + " rollouts (--set windowLength=N, --set data.horizon=N)");
    }
    return end;
  }

  /**
   * The parts of stretches between two frames, counted over all stretches.
   *
   * @param needed frames in a row below which one is of no use
   */
  private List<Part> parts(String environment, long from, long to, String purpose, int needed) {
    List<Part> parts = new ArrayList<>();
    List<Instant> gaps = new ArrayList<>();
    long passed = 0;
    long longest = 0;
    for (Stretch stretch : survey.environments().get(environment)) {
      long length = stretch.metadata().length();
      Part part = new Part(stretch, Math.max(0, from - passed), Math.min(length, to - passed));
      if (part.length() >= needed) {
        parts.add(part);
      }
      if (part.length() > 0 && part.from() == 0 && passed > 0) {
        gaps.add(Instant.ofEpochMilli(stretch.metadata().startMillis()));
      }
      longest = Math.max(longest, part.length());
      passed += length;
    }
    if (longest < needed) {
      throw new IllegalArgumentException(
          survey.path()
              + ": environment "
              + environment
              + ": expected "
              + needed
              + " frames in a row for "
              + purpose
              + ", found at most "
              + longest
              + " (gaps before "
              + gaps.stream().limit(3).map(Instant::toString).toList()
              + (gaps.size() > 3 ? " and " + (gaps.size() - 3) + " more" : "")
              + "); record without gaps, let fewer frames be withheld (sensor: a larger --radius or"
              + " --interval, a smaller --min-coverage), or leave the environment out");
    }
    return parts;
  }
}
