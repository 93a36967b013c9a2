package io.dynadiff.trainer.data;

import io.dynadiff.physics.field.Channel;
import io.dynadiff.physics.field.Condition;
import io.dynadiff.physics.field.Coordinates;
import io.dynadiff.physics.field.FieldDescription;
import io.dynadiff.physics.field.FieldShape;
import io.dynadiff.physics.field.Grid;
import io.dynadiff.physics.field.Snapshot;
import io.dynadiff.physics.store.Provenance;
import io.dynadiff.physics.store.TrajectoryRecorder;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.LongPredicate;

/**
 * A feed of waves that run over a grid of 8 x 8 points, one frame every 10 minutes, as it would be
 * recorded: the faster, the higher the speed of its environment.
 *
 * @param environmentId the environment, of the system "waves"
 * @param channels quantities; all but the first are constant
 * @param intervalMillis event time between frames
 * @param speed radians per frame
 * @param conditions what frames say of themselves
 */
public record StoredFeed(
    String environmentId,
    List<Channel> channels,
    long intervalMillis,
    double speed,
    List<Condition> conditions)
    implements FieldDescription {

  private static final int POINTS = 8;

  /** An environment that says where it lies and how fast it is. */
  public static StoredFeed of(String environmentId, double speed) {
    return new StoredFeed(
        environmentId,
        List.of(new Channel("height", "m")),
        600_000,
        speed,
        List.of(new Condition("depth", 3, "m"), new Condition("speed", speed, "1")));
  }

  StoredFeed with(Channel... others) {
    return new StoredFeed(environmentId, List.of(others), intervalMillis, speed, conditions);
  }

  StoredFeed every(long millis) {
    return new StoredFeed(environmentId, channels, millis, speed, conditions);
  }

  StoredFeed saying(Condition... others) {
    return new StoredFeed(environmentId, channels, intervalMillis, speed, List.of(others));
  }

  /** Records so many frames. */
  public void record(Path store, int frames) {
    record(store, frames, i -> true);
  }

  /** The same with gaps. */
  void record(Path store, int frames, LongPredicate present) {
    Provenance provenance = new Provenance("test", "1", OptionalLong.empty(), Map.of());
    try (TrajectoryRecorder recorder = new TrajectoryRecorder(store, provenance)) {
      for (int i = 0; i < frames; i++) {
        if (present.test(i)) {
          recorder.add(this, new Snapshot(i * intervalMillis, values(i)));
        }
      }
      recorder.finish();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private float[] values(int frame) {
    float[] values = new float[shape().size()];
    for (int y = 0; y < POINTS; y++) {
      for (int x = 0; x < POINTS; x++) {
        double phase = 2 * Math.PI * x / POINTS - speed * frame;
        values[y * POINTS + x] = (float) (Math.sin(phase) * (1 + 0.1 * y));
      }
    }
    return values;
  }

  @Override
  public String system() {
    return "waves";
  }

  @Override
  public FieldShape shape() {
    return new FieldShape(channels.size(), POINTS, POINTS);
  }

  @Override
  public Grid grid() {
    return new Grid(POINTS, POINTS, 0, 0, 1, 1, "m", Coordinates.PLANE, false);
  }

  @Override
  public List<Condition> conditions(long index) {
    return conditions;
  }
}
