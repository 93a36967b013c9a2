package io.dynadiff.cli.bench.wire;

import io.dynadiff.models.bundle.Bundle;
import io.dynadiff.physics.environments.Era5Environments;
import io.dynadiff.physics.environments.SimulatedEnvironment;
import io.dynadiff.physics.environments.SimulatedEnvironments;
import io.dynadiff.physics.environments.SimulatedSystems;
import io.dynadiff.physics.environments.SystemForm;
import io.dynadiff.physics.field.FieldSeries;
import io.dynadiff.physics.field.Snapshot;
import io.dynadiff.physics.recorded.RecordedField;
import io.dynadiff.physics.recorded.RecordedFields;
import io.dynadiff.physics.simulation.SimulatedSeries;
import io.dynadiff.physics.simulation.SimulatedSystem;
import io.dynadiff.producers.publish.FrameEncoder;
import io.dynadiff.schemas.avro.FieldFrame;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;

/**
 * A shipped bundle and frames of an environment that it was not trained on.
 *
 * @param bundle the bundle
 * @param snapshots successive fields in physical units
 * @param frames the same as the records that a feed publishes
 */
record ShippedSystem(Bundle bundle, List<Snapshot> snapshots, List<FieldFrame> frames) {

  private static final String RECORDING = "data/era5-2mt-2019-03-uk-cds.nc";
  private static final long SEED = 1;

  ShippedSystem {
    snapshots = List.copyOf(snapshots);
    frames = List.copyOf(frames);
  }

  /** Directories of the bundles in a checkout, by name. */
  static List<Path> bundles(Path home) {
    Path bundles = home.resolve("bundles");
    try (Stream<Path> found = Files.list(bundles)) {
      return found.filter(Files::isDirectory).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(
          bundles + ": expected the bundles of a checkout, found none: " + e.getMessage(), e);
    }
  }

  /** Opens a bundle and simulates, or reads, so many frames. */
  static ShippedSystem open(Path home, Path directory, int count) throws IOException {
    Bundle bundle = Bundle.open(directory);
    if (!SimulatedSystems.NAMES.contains(bundle.system())) {
      try (RecordedFields recording = RecordedFields.open(home.resolve(RECORDING))) {
        Era5Environments environments = Era5Environments.standard();
        RecordedField field = recording.variable(environments.variable());
        return of(bundle, environments.heldOut(field, environments.unseen().get(0)), count);
      }
    }
    SystemForm form = SystemForm.of(bundle.system(), SystemForm.LAPTOP);
    return of(bundle, simulated(form, SimulatedSystems.shown(form, 1), count), count);
  }

  private static <S> FieldSeries simulated(SystemForm form, SimulatedSystem<S> system, int count) {
    SimulatedEnvironment environment =
        SimulatedEnvironments.of(form.system()).standardSplit().unseen().get(0);
    return new SimulatedSeries<>(
        environment.id(), system, environment.schedule(), SEED, 0, form.intervalMillis(), count);
  }

  private static ShippedSystem of(Bundle bundle, FieldSeries series, int count) {
    FrameEncoder encoder = new FrameEncoder("wire", series);
    List<Snapshot> snapshots = new ArrayList<>();
    List<FieldFrame> frames = new ArrayList<>();
    Iterator<Snapshot> iterator = series.snapshots(0);
    for (int i = 0; i < count; i++) {
      snapshots.add(iterator.next());
      frames.add(encoder.encode(i, snapshots.get(i)));
    }
    series.close();
    return new ShippedSystem(bundle, snapshots, frames);
  }
}
