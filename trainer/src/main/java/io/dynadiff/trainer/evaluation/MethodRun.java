package io.dynadiff.trainer.evaluation;

import java.util.List;
import java.util.SortedMap;

/**
 * One method on one system under one preset and seed, with all it takes to make the numbers again.
 *
 * @param variant what was changed on the preset, in words that name the figures; empty for nothing
 * @param system the system
 * @param preset name of the preset
 * @param seed seed of every random choice
 * @param method the method
 * @param configuration hash of all settings; a run with the same one need not be made again
 * @param command the command that made it
 * @param commit commit of the code
 * @param machine what it ran on
 * @param wallSeconds wall time of the scoring, and of any training that it had to do first
 * @param settings settings of the method that are worth stating
 * @param conditions names of the system's conditions
 * @param seen scores on seen environments, new initial states
 * @param unseen scores on unseen environments
 */
public record MethodRun(
    String variant,
    String system,
    String preset,
    long seed,
    String method,
    String configuration,
    String command,
    String commit,
    String machine,
    double wallSeconds,
    SortedMap<String, Double> settings,
    List<String> conditions,
    SplitScores seen,
    SplitScores unseen) {

  /** What a run is looked up by: a later one with the same identity takes its place. */
  public record Identity(String variant, String system, String preset, long seed, String method) {}

  /** This run's identity. */
  public Identity identity() {
    return new Identity(variant, system, preset, seed, method);
  }
}
