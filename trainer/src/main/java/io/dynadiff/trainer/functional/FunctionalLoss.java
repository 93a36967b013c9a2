package io.dynadiff.trainer.functional;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.dynadiff.models.expert.ExpertNetwork;
import io.dynadiff.models.expert.ExpertSpec;
import io.dynadiff.models.nn.Scalars;
import io.dynadiff.trainer.data.EnvironmentData;
import io.dynadiff.trainer.data.SystemData;
import io.dynadiff.trainer.expert.FrameBatch;
import io.dynadiff.trainer.expert.FrameRuns;
import io.dynadiff.trainer.expert.RolloutLoss;
import io.dynadiff.trainer.expert.ZooExpert;
import io.dynadiff.trainer.preset.FunctionalTerms;
import io.dynadiff.trainer.preset.FunctionalTerms.Target;
import io.dynadiff.trainer.preset.Preset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * How decoded experts behave on frames of their environments (paper section 3.3), weighed together:
 * the difference of their steps to those of the encoded experts or to the true frames, and what is
 * known of right steps without an example.
 *
 * <p>Terms in normalised fields count in units of the specification's residual scale. Confined to
 * one thread; the constants belong to the manager it is made with.
 */
public final class FunctionalLoss {

  private final ExpertSpec spec;
  private final SystemData data;
  private final Preset.Autoencoder preset;
  private final FunctionalTerms terms;
  private final double unit;
  private final ExpertNetwork network;
  private final RolloutLoss oneStep;
  private final BandEnergies energies;
  private final Conservation conservation;
  private final EquationResidual residual;

  /**
   * @param network steps experts of the specification
   * @throws IllegalArgumentException if a weight is positive whose law the system does not have
   */
  public FunctionalLoss(
      ExpertSpec spec,
      SystemData data,
      Preset.Autoencoder preset,
      ExpertNetwork network,
      NDManager manager) {
    this.spec = spec;
    this.data = data;
    this.preset = preset;
    this.terms = preset.functional();
    this.unit = 1 / (spec.residualScale() * spec.residualScale());
    this.network = network;
    this.oneStep = new RolloutLoss(spec, 1, network);
    requireLaws(data, preset);
    this.energies = terms.spectralWeight() > 0 ? new BandEnergies(data.shape(), manager) : null;
    this.conservation =
        terms.conservationWeight() > 0
            ? new Conservation(
                data.shape(), data.normalisation(), data.laws().invariants(), manager)
            : null;
    this.residual =
        terms.equationWeight() > 0
            ? EquationResidual.of(data.laws().equation().orElseThrow(), data, manager)
            : null;
  }

  /**
   * Refuses terms whose law the system does not have.
   *
   * @throws IllegalArgumentException if a weight is positive without one
   */
  public static void requireLaws(SystemData data, Preset.Autoencoder preset) {
    FunctionalTerms terms = preset.functional();
    require(
        data,
        terms.conservationWeight() == 0 || !data.laws().invariants().isEmpty(),
        "conservationWeight 0 for a system without a known linear invariant",
        terms.conservationWeight());
    require(
        data,
        terms.equationWeight() == 0 || data.laws().equation().isPresent(),
        "equationWeight 0 for a system without a known equation on the frames' grid",
        terms.equationWeight());
  }

  private static void require(SystemData data, boolean condition, String expected, double found) {
    if (!condition) {
      throw new IllegalArgumentException(
          "functional loss of " + data.system() + ": expected " + expected + ", found " + found);
    }
  }

  /** Whether nothing is asked of decoded experts. */
  public boolean absent() {
    return preset.functionalWeight() == 0
        && energies == null
        && conservation == null
        && residual == null;
  }

  /**
   * The weighed sum.
   *
   * @param decoded flat weights of decoded experts, axes [expert, parameter]
   * @param encoded flat weights of the experts that were encoded, same axes
   * @param experts the same experts
   */
  public NDArray of(NDArray decoded, NDArray encoded, List<ZooExpert> experts, Random random) {
    List<List<EnvironmentData>> environments =
        experts.stream().map(ZooExpert::environments).toList();
    FrameRuns drawn =
        FrameRuns.draw(
            spec, data, environments, preset.functionalFrames(), terms.rollout(), random);
    NDManager scope = decoded.getManager();
    if (terms.plain()) {
      return oneStep.between(scope, decoded, encoded, drawn, preset.functionalWeight());
    }
    FrameBatch runs = FrameBatch.of(scope, spec, drawn);
    List<NDArray> states = rollout(decoded, runs);
    List<NDArray> targets = targets(encoded, experts, runs);
    List<double[]> conditions =
        experts.stream().map(e -> data.encoding().decode(e.condition())).toList();
    double share = 1.0 / terms.rollout();
    NDArray sum = null;
    for (int s = 1; s <= terms.rollout(); s++) {
      NDArray state = states.get(s);
      NDArray step =
          Scalars.scale(
              state.sub(targets.get(s)).square().mean(), preset.functionalWeight() * unit * share);
      if (energies != null) {
        step =
            step.add(
                Scalars.scale(
                    energies.difference(state, targets.get(s)), terms.spectralWeight() * share));
      }
      if (conservation != null) {
        step =
            step.add(
                Scalars.scale(
                    conservation.violation(runs.first(), state),
                    terms.conservationWeight() * unit * share));
      }
      if (residual != null) {
        step =
            step.add(
                Scalars.scale(
                    residual.meanSquare(states.get(s - 1), state, conditions),
                    terms.equationWeight() * unit * share));
      }
      sum = sum == null ? step : sum.add(step);
    }
    return sum;
  }

  /** States from the first frames on, each axes [expert, channel, batch, point]. */
  private List<NDArray> rollout(NDArray weights, FrameBatch runs) {
    List<NDArray> states = new ArrayList<>(List.of(runs.first()));
    for (int s = 0; s < terms.rollout(); s++) {
      states.add(network.step(weights, states.get(s), runs.clocks().get(s)));
    }
    return states;
  }

  private List<NDArray> targets(NDArray encoded, List<ZooExpert> experts, FrameBatch runs) {
    if (terms.target() == Target.EXPERT) {
      return rollout(encoded, runs);
    }
    if (experts.stream().noneMatch(ZooExpert::mixed)) {
      return runs.frames();
    }
    // Frames of a mix's two environments are not those of the environment between them.
    float[] mixed = new float[experts.size()];
    for (int e = 0; e < mixed.length; e++) {
      mixed[e] = experts.get(e).mixed() ? 1 : 0;
    }
    NDArray mask = encoded.getManager().create(mixed, new Shape(mixed.length, 1, 1, 1));
    List<NDArray> stepped = rollout(encoded, runs);
    List<NDArray> targets = new ArrayList<>();
    for (int s = 0; s < stepped.size(); s++) {
      NDArray truth = runs.frames().get(s);
      targets.add(truth.add(stepped.get(s).sub(truth).mul(mask)));
    }
    return targets;
  }
}
