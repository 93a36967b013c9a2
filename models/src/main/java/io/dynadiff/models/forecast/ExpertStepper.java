package io.dynadiff.models.forecast;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.dynadiff.models.expert.ExpertNetwork;
import io.dynadiff.models.expert.ExpertSpec;
import io.dynadiff.models.expert.HostExperts;
import io.dynadiff.physics.field.FieldShape;

/**
 * Steps stacked experts forward: by their kernel where the family has one and the device is the
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
   * The next normalised state of every field.
   *
   * @param weights flat weights, axes [expert, parameter]
   * @param states axes [expert, channel, batch, point]
   * @param batch fields of each expert
   * @param clocks axes [expert, 2, batch]; null if the specification has no clock
   * @return same axes as the states
   */
  public float[] step(float[] weights, float[] states, int batch, float[] clocks) {
    if (host != null) {
      return host.step(weights, states, batch, clocks);
    }
    FieldShape shape = spec.fieldShape();
    int experts = weights.length / spec.parameterCount();
    try (NDManager scope = manager.newSubManager()) {
      NDArray clock = clocks == null ? null : scope.create(clocks, new Shape(experts, 2, batch, 1));
      return network
          .step(
              scope.create(weights, new Shape(experts, spec.parameterCount())),
              scope.create(states, new Shape(experts, shape.channels(), batch, shape.points())),
              clock)
          .toFloatArray();
    }
  }

  @Override
  public void close() {
    if (host == null) {
      network.close();
      manager.close();
    }
  }
}
