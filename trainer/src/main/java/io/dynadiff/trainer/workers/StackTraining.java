package io.dynadiff.trainer.workers;

import io.dynadiff.models.bundle.Sha256;
import io.dynadiff.models.json.CanonicalJson;
import io.dynadiff.models.safetensors.Safetensors;
import io.dynadiff.schemas.avro.ZooResult;
import io.dynadiff.schemas.avro.ZooTask;
import io.dynadiff.trainer.expert.ZooTraining;
import io.dynadiff.trainer.pipeline.TrainedSystem;
import io.dynadiff.trainer.preset.Preset;
import io.dynadiff.trainer.stage.StageStore;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Locale;

/** What a worker does with a task. Confined to the training thread. */
final class StackTraining {

  private final TrainedSystem system;
  private final String worker;
  private final PrintStream progress;

  StackTraining(TrainedSystem system, String worker, PrintStream progress) {
    this.system = system;
    this.worker = worker;
    this.progress = progress;
  }

  /** Trains a stack, or goes on with it; a task that cannot be done becomes a result saying so. */
  ZooResult train(ZooTask task) {
    long start = System.nanoTime();
    progress.printf("zoo: stack %d begins%n", task.getChunk() + 1);
    byte[] result = {};
    String failure = null;
    try {
      result = result(task);
    } catch (IllegalArgumentException | IllegalStateException e) {
      failure = e.getMessage();
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    progress.printf(
        Locale.ROOT,
        "zoo: stack %d %s after %.0f s%n",
        task.getChunk() + 1,
        failure == null ? "ends" : "fails (" + failure + ")",
        seconds);
    return ZooResult.newBuilder()
        .setDataId(task.getDataId())
        .setStageId(task.getStageId())
        .setBaseSha256(task.getBaseSha256())
        .setSha256(Sha256.hex(result))
        .setResult(ByteBuffer.wrap(result))
        .setFailure(failure)
        .setWorker(worker)
        .setSeconds(seconds)
        .setFinishedAt(Instant.now())
        .build();
  }

  private byte[] result(ZooTask task) {
    float[] base = ZooShare.base(task);
    ZooTraining zoo =
        new ZooTraining(
            system.spec(),
            system.data(),
            CanonicalJson.read(task.getSettings(), Preset.Zoo.class, "settings of the task"),
            task.getSeed(),
            progress);
    // A base of the same settings may differ in its last digits where it was trained elsewhere.
    Path work = system.work().resolve("base-" + task.getBaseSha256().substring(0, 12));
    StageStore store = zoo.store(work, task.getBaseKey(), task.getChunk());
    if (!store.key().equals(task.getStageId())) {
      throw new IllegalArgumentException(
          "expected a task whose settings give "
              + store.key()
              + ", found "
              + task.getStageId()
              + "; run the same release on both sides");
    }
    try {
      Files.createDirectories(store.directory());
      // Workers on one disk may be given the same stack after the group has changed.
      try (FileChannel channel =
              FileChannel.open(
                  store.directory().resolve("lock"),
                  StandardOpenOption.CREATE,
                  StandardOpenOption.WRITE);
          FileLock lock = channel.lock()) {
        assert lock.isValid();
        return Safetensors.write(zoo.trainChunk(store, task.getChunk(), base).tensors());
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot keep the stack in " + store.directory(), e);
    }
  }
}
