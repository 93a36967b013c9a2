package io.dynadiff.models.device;

import ai.djl.Device;
import ai.djl.engine.Engine;

/** Where a generator runs. */
public enum ComputeDevice {
  /** The processor, also where the engine would find a GPU. */
  CPU,
  /** The first GPU. */
  GPU;

  /**
   * Checks that the device is there; loads the engine only where a GPU is asked for.
   *
   * @throws IllegalArgumentException if it is not
   */
  public void require() {
    if (this == GPU && Engine.getInstance().getGpuCount() == 0) {
      throw new IllegalArgumentException(
          "device: expected a GPU that "
              + Engine.getInstance().getEngineName()
              + " "
              + Engine.getInstance().getVersion()
              + " can use, found none; choose cpu, or start with PYTORCH_LIBRARY_PATH and"
              + " PYTORCH_FLAVOR of a CUDA build on a machine with a GPU");
    }
  }

  /** The engine's name for it. */
  public Device device() {
    return this == GPU ? Device.gpu() : Device.cpu();
  }
}
