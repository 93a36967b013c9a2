package io.dynadiff.models.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDManager;
import org.junit.jupiter.api.Test;

class ComputeDeviceTest {

  @Test
  void shouldKeepArraysOnTheProcessorWhenItIsChosen() {
    ComputeDevice.CPU.require();
    try (NDManager manager = NDManager.newBaseManager(ComputeDevice.CPU.device())) {
      assertThat(manager.create(1f).getDevice()).isEqualTo(Device.cpu());
    }
  }

  @Test
  void shouldRefuseAGpuWhenThereIsNone() {
    assumeThat(Engine.getInstance().getGpuCount()).isZero();
    assertThatThrownBy(ComputeDevice.GPU::require)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("expected a GPU that PyTorch")
        .hasMessageContaining("found none; choose cpu");
  }

  @Test
  void shouldTakeAGpuWhenThereIsOne() {
    assumeThat(Engine.getInstance().getGpuCount()).isPositive();
    assertThatCode(ComputeDevice.GPU::require).doesNotThrowAnyException();
    try (NDManager manager = NDManager.newBaseManager(ComputeDevice.GPU.device())) {
      assertThat(manager.create(1f).getDevice()).isEqualTo(Device.gpu());
    }
  }
}
