package io.dynadiff.models.forecast;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.dynadiff.models.expert.ExpertNetwork;
import io.dynadiff.models.expert.ExpertSpec;
import io.dynadiff.models.expert.HostExperts;
import io.dynadiff.physics.field.FieldShape;
import java.util.ArrayList;
import java.util.List;

/**
 * Rolls stacked experts forward: by their kernel where the family has one and the device is the
 * processor, otherwise on the engine.
 *
 * <p>Confined to one thread; {@link #close} frees what the engine holds.
 */
public final class ExpertStepper implements AutoCloseable {

  private final ExpertSpec spec;
  private final HostExperts host;
  private final NDManager manager;
  private final ExpertNetwork network;

  /**
   * @param device where the experts run
   */
  public ExpertStepper(ExpertSpec spec, Device device) {
    this.spec = spec;
    this.host = device.isGpu() ? null : HostExperts.of(spec, 1).orElse(null);
    this.manager = host == null ? NDManager.newBaseManager(device) : null;
    this.network = host == null ? spec.family().network(spec, manager) : null;
  }

  /**
   * Rolls every field forward.
   *
   * @param weights flat weights, axes [expert, parameter]
   * @param states normalised fields, axes [expert, channel, batch, point]
   * @param batch fields of each expert
   * @param clocks at each step, axes [expert, 2, batch]; nulls if the specification has no clock
   * @return the states after each step, same axes
   */
  public List<float[]> rollout(float[] weights, float[] states, int batch, List<float[]> clocks) {
    if (host != null) {
      return host.rollout(weights, states, batch, clocks);
    }
    FieldShape shape = spec.fieldShape();
    int experts = weights.length / spec.parameterCount();
    List<float[]> rollout = new ArrayList<>();
    try (NDManager scope = manager.newSubManager()) {
      NDArray flat = scope.create(weights, new Shape(experts, spec.parameterCount()));
      float[] state = states;
      for (float[] channels : clocks) {
        try (NDManager step = scope.newSubManager()) {
          NDArray clock =
              channels == null ? null : step.create(channels, new Shape(experts, 2, batch, 1));
          NDArray from =
              step.create(state, new Shape(experts, shape.channels(), batch, shape.points()));
          state = network.step(flat, from, clock).toFloatArray();
        }
        rollout.add(state);
      }
    }
    return rollout;
  }

  @Override
  public void close() {
    if (host == null) {
      network.close();
      manager.close();
    }
  }
}
