package io.dynadiff.trainer.workers;

import io.dynadiff.models.bundle.Sha256;
import io.dynadiff.models.json.CanonicalJson;
import io.dynadiff.models.safetensors.NamedTensor;
import io.dynadiff.models.safetensors.Safetensors;
import io.dynadiff.schemas.avro.ZooResult;
import io.dynadiff.schemas.avro.ZooTask;
import io.dynadiff.schemas.topics.Topic;
import io.dynadiff.trainer.expert.TrainedStack;
import io.dynadiff.trainer.expert.ZooTraining;
import io.dynadiff.trainer.pipeline.TrainedSystem;
import io.dynadiff.trainer.stage.StageStore;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * The stacks of one system's zoo as tasks, and what is acceptable as their results. Confined to one
 * thread.
 */
final class ZooShare {

  private static final String BASE = "base";

  /** Room in the largest record for everything but the tensors. */
  private static final int RECORD_OVERHEAD_BYTES = 64 << 10;

  private final TrainedSystem system;
  private final ZooTraining training;
  private final byte[] base;
  private final String baseSha256;

  /** Trains the base if it is not there yet. */
  ZooShare(TrainedSystem system) {
    this.system = system;
    this.training =
        new ZooTraining(
            system.spec(), system.data(), system.preset().zoo(), system.seed(), system.progress());
    requireRoom(system);
    this.base = Safetensors.write(List.of(StageStore.vector(BASE, system.base())));
    this.baseSha256 = Sha256.hex(base);
  }

  private static void requireRoom(TrainedSystem system) {
    long expert = 4L * system.spec().parameterCount();
    long room = Topic.LARGEST_RECORD_BYTES - RECORD_OVERHEAD_BYTES;
    if (system.preset().zoo().stack() * expert > room) {
      throw new IllegalArgumentException(
          "zoo.stack: expected at most "
              + room / expert
              + " experts of "
              + expert
              + " bytes in a record of "
              + Topic.LARGEST_RECORD_BYTES
              + " bytes, found "
              + system.preset().zoo().stack()
              + "; lower zoo.stack");
    }
  }

  /** Identity of data and expert: tasks and results of others are none of this zoo's. */
  static String dataId(TrainedSystem system) {
    return system.work().getFileName().toString();
  }

  /** Reads what {@link #task} wrote. */
  static float[] base(ZooTask task) {
    byte[] bytes = bytes(task.getBase());
    String found = Sha256.hex(bytes);
    if (!found.equals(task.getBaseSha256())) {
      throw new IllegalArgumentException(
          "task "
              + task.getStageId()
              + ": expected a base with SHA-256 "
              + task.getBaseSha256()
              + ", found "
              + found
              + "; publish it again");
    }
    return Safetensors.read(bytes, "the base of task " + task.getStageId()).get(BASE).values();
  }

  static byte[] bytes(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.remaining()];
    buffer.duplicate().get(bytes);
    return bytes;
  }

  int chunks() {
    return training.chunks();
  }

  StageStore store(int chunk) {
    return training.store(system.work(), system.baseKey(), chunk);
  }

  ZooTask task(int chunk, Instant now) {
    return ZooTask.newBuilder()
        .setDataId(dataId(system))
        .setStageId(store(chunk).key())
        .setSettings(CanonicalJson.write(system.preset().zoo()))
        .setSeed(system.seed())
        .setChunk(chunk)
        .setBaseKey(system.baseKey())
        .setBaseSha256(baseSha256)
        .setBase(ByteBuffer.wrap(base))
        .setPublishedAt(now)
        .build();
  }

  /** Whether a result answers this zoo's task for a stack. */
  boolean answers(ZooResult result, int chunk) {
    return result.getDataId().equals(dataId(system))
        && result.getStageId().equals(store(chunk).key())
        && result.getBaseSha256().equals(baseSha256);
  }

  /**
   * Keeps a result as if it had been trained here.
   *
   * @throws IllegalArgumentException if it is not whole or not of this stack
   */
  void keep(ZooResult result, int chunk) {
    byte[] bytes = bytes(result.getResult());
    String found = Sha256.hex(bytes);
    if (!found.equals(result.getSha256())) {
      throw new IllegalArgumentException(
          "result "
              + result.getStageId()
              + ": expected SHA-256 "
              + result.getSha256()
              + ", found "
              + found);
    }
    Map<String, NamedTensor> tensors = Safetensors.read(bytes, "the result " + result.getStageId());
    TrainedStack stack = TrainedStack.of(tensors);
    int experts = training.experts(chunk);
    if (stack.weights().size() != experts
        || stack.weights().get(0).length != system.spec().parameterCount()) {
      throw new IllegalArgumentException(
          "result "
              + result.getStageId()
              + ": expected "
              + experts
              + " experts of "
              + system.spec().parameterCount()
              + " weights, found "
              + stack.weights().size()
              + " of "
              + stack.weights().get(0).length);
    }
    store(chunk).finish(stack.tensors());
  }
}
