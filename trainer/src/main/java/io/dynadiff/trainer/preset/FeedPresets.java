package io.dynadiff.trainer.preset;

import io.dynadiff.trainer.data.DataPlan;
import io.dynadiff.trainer.data.FeedData;
import io.dynadiff.trainer.data.FeedSurvey;

/**
 * Presets for feeds of one's own: sizes of {@code own-laptop.json}, fitted to grid, edges and
 * interval of the frames.
 */
public final class FeedPresets {

  private static final String FILE = "own";
  private static final int STANDARD_HORIZON = 6;
  private static final int MOST_MODES = 11;
  private static final int LARGEST_STACK = 12;
  private static final long DAY_MILLIS = 86_400_000;

  private FeedPresets() {}

  /**
   * A preset for a feed.
   *
   * @param name laptop or smoke
   * @throws IllegalArgumentException if there is no such preset
   */
  public static Preset of(FeedData feed, String name) {
    if (!name.equals("laptop") && !name.equals("smoke")) {
      throw new IllegalArgumentException(
          "preset: expected laptop or smoke for data of your own, found \""
              + name
              + "\"; change single sizes by --set");
    }
    FeedSurvey survey = feed.survey();
    DataPlan plan = feed.plan(STANDARD_HORIZON);
    int modes = modes(survey.shape().height());
    int columns = Math.min((modes + 1) / 2, (survey.shape().width() + 1) / 2);
    return PresetResources.read(FILE, name, plan)
        .with("expert.sizes.modesY", Integer.toString(modes))
        .with("expert.sizes.modesX", Integer.toString(columns))
        .with("expert.coordinates", survey.periodic() ? "CYCLIC" : "LINEAR")
        .with("expert.clockPeriodMillis", Long.toString(clock(survey)))
        .with("prompt.boundary", survey.periodic() ? "PERIODIC" : "BOUNDED")
        .with("zoo.stack", Integer.toString(Math.min(plan.seen(), LARGEST_STACK)));
  }

  /** About a third of the wavenumbers of a small grid, an odd number. */
  private static int modes(int points) {
    int most = Math.max(1, Math.min(MOST_MODES, points / 3));
    return most % 2 == 0 ? most - 1 : most;
  }

  /** What happens outdoors follows the day, where frames are close enough together to tell. */
  private static long clock(FeedSurvey survey) {
    return survey.geographic() && 2 * survey.intervalMillis() < DAY_MILLIS ? DAY_MILLIS : 0;
  }
}
