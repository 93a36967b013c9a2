package io.dynadiff.physics.store;

import io.dynadiff.physics.field.FieldShape;
import io.dynadiff.physics.field.Snapshot;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** Runs in a JVM of its own, so that it can be killed or given little memory. */
final class StoringProcess {
  static final FieldShape SMALL = new FieldShape(2, 4, 8);
  static final FieldShape FLOW = new FieldShape(2, 64, 64);

  private StoringProcess() {}

  public static void main(String[] arguments) throws InterruptedException {
    Path root = Path.of(arguments[1]);
    if (arguments[0].equals("hang")) {
      hangInTheMiddleOfAChunk(root);
    } else {
      writeAndRead(root, Long.parseLong(arguments[2]));
    }
  }

  private static void hangInTheMiddleOfAChunk(Path root) throws InterruptedException {
    TrajectorySource source =
        RampSeries.source(
            "ramp",
            SMALL,
            20,
            3,
            frame -> {
              if (frame == 8) {
                System.out.println("at frame 8");
                try {
                  new CountDownLatch(1).await();
                } catch (InterruptedException e) {
                  throw new IllegalStateException(e);
                }
              }
            });
    new TrajectoryWriter(root, 1).write(List.of(source));
  }

  private static void writeAndRead(Path root, long length) throws InterruptedException {
    new TrajectoryWriter(root, 1)
        .write(List.of(RampSeries.source("flow", FLOW, length, 128, frame -> {})));
    long right = 0;
    try (StoredSeries series = TrajectoryStore.open(root).series("flow")) {
      Iterator<Snapshot> snapshots = series.snapshots(0);
      for (long frame = 0; frame < length; frame++) {
        float[] values = snapshots.next().values();
        for (int i = 0; i < values.length; i++) {
          right += values[i] == RampSeries.value(frame, i) ? 1 : 0;
        }
      }
    }
    System.out.println(right + " values as written");
  }
}
