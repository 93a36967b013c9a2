package io.dynadiff.trainer.data;

import io.dynadiff.models.json.CanonicalJson;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How much of which data of a system is made; equal plans give equal data.
 *
 * @param split how seen environments are chosen
 * @param seen seen environments; of the standard split's those that cover the conditions best, or
 *     drawn with splitSeed
 * @param unseen unseen environments, evenly spread over all there are; at most all
 * @param splitSeed seed of a random or biased split; the standard split has none
 * @param training training trajectories of each environment, at least 1
 * @param validation validation trajectories of each environment, each the source of one window
 * @param test scored trajectories of each environment
 * @param length frames of a training or validation trajectory, at least 2
 * @param horizon steps of a scored rollout; a scored trajectory has one frame more
 * @param gridPoints points per side of the frames, rows where they are not square
 * @param intervalMultiple frame interval in multiples of the system's own
 * @param channels names of the channels that the frames keep, in this order
 * @param settings of the solver where they are not the system's own, by name
 * @param seed seed of all initial states
 */
public record DataPlan(
    Split split,
    int seen,
    int unseen,
    long splitSeed,
    int training,
    int validation,
    int test,
    int length,
    int horizon,
    int gridPoints,
    int intervalMultiple,
    List<String> channels,
    SortedMap<String, Double> settings,
    long seed) {

  /** How seen environments are chosen. */
  public enum Split {
    /** As listed with the system. */
    STANDARD,
    /** Drawn from all. */
    RANDOM,
    /** Drawn from those whose conditions are all high; unseen are those that are all low. */
    BIASED
  }

  public DataPlan {
    channels = List.copyOf(channels);
    settings = Collections.unmodifiableSortedMap(new TreeMap<>(settings));
    requireAtLeast("seen environments", 1, seen);
    requireAtLeast("unseen environments", 0, unseen);
    requireAtLeast("training trajectories", 1, training);
    requireAtLeast("validation trajectories", 1, validation);
    requireAtLeast("test trajectories", 1, test);
    requireAtLeast("frames of a trajectory", 2, length);
    requireAtLeast("horizon", 1, horizon);
    requireAtLeast("grid points", 1, gridPoints);
    requireAtLeast("interval multiple", 1, intervalMultiple);
    requireAtLeast("channels", 1, channels.size());
  }

  private static void requireAtLeast(String name, int least, int found) {
    if (found < least) {
      throw new IllegalArgumentException(
          "data plan, " + name + ": expected at least " + least + ", found " + found);
    }
  }

  /**
   * The plan of a preset.
   *
   * @param preset laptop, smoke or paper
   * @throws IllegalArgumentException if there is none for that system and preset
   */
  public static DataPlan of(String system, String preset, long seed) {
    return DataPresets.of(system, preset, seed);
  }

  /**
   * What of the plan training depends on: alike for plans that differ only in how many unseen
   * environments and scored trajectories there are, so that either may grow without anything being
   * trained again.
   */
  public DataPlan trained() {
    return new DataPlan(
        split,
        seen,
        0,
        splitSeed,
        training,
        validation,
        1,
        length,
        horizon,
        gridPoints,
        intervalMultiple,
        channels,
        settings,
        seed);
  }

  /**
   * The same with one setting changed.
   *
   * @param setting name of a component
   * @throws IllegalArgumentException if there is no such setting or the value does not fit
   */
  public DataPlan with(String setting, Object value) {
    String json = CanonicalJson.write(value);
    return CanonicalJson.read(
        CanonicalJson.replace(CanonicalJson.completeTree(this), setting, json).toString(),
        DataPlan.class,
        "data plan with " + setting);
  }
}
