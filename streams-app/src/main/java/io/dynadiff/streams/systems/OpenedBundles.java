package io.dynadiff.streams.systems;

import io.dynadiff.models.bundle.Bundle;
import io.dynadiff.models.bundle.BundleFormatException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The bundles of a process, verified and in memory. Immutable, safe to share. */
public final class OpenedBundles {

  private static final String MANIFEST = "manifest.json";

  private final Map<String, Bundle> byId;
  private final ServedSystems systems;

  private OpenedBundles(Map<String, Bundle> byId, ServedSystems systems) {
    this.byId = byId;
    this.systems = systems;
  }

  /**
   * Opens bundles.
   *
   * @param directories each the directory of one bundle, or a directory of such directories
   * @throws BundleFormatException if a directory holds no bundle, or a bundle is damaged
   * @throws IllegalArgumentException if two bundles serve the same system
   */
  public static OpenedBundles open(List<Path> directories) throws IOException {
    Map<String, Bundle> byId = new LinkedHashMap<>();
    List<ServedSystem> systems = new ArrayList<>();
    for (Path directory : directories) {
      for (Path bundleDirectory : bundlesIn(directory)) {
        Bundle bundle = Bundle.open(bundleDirectory);
        byId.put(bundle.id(), bundle);
        systems.add(serve(bundle));
      }
    }
    return new OpenedBundles(Map.copyOf(byId), new ServedSystems(systems));
  }

  private static List<Path> bundlesIn(Path directory) throws IOException {
    if (Files.isRegularFile(directory.resolve(MANIFEST))) {
      return List.of(directory);
    }
    List<Path> found = List.of();
    if (Files.isDirectory(directory)) {
      try (Stream<Path> children = Files.list(directory)) {
        found =
            children
                .filter(child -> Files.isRegularFile(child.resolve(MANIFEST)))
                .sorted()
                .toList();
      }
    }
    if (found.isEmpty()) {
      throw new BundleFormatException(
          directory
              + ": expected a bundle (a directory with "
              + MANIFEST
              + ") or a directory of bundles, found neither; give --bundles");
    }
    return found;
  }

  /** What the online side needs to know of a bundle. */
  public static ServedSystem serve(Bundle bundle) {
    return new ServedSystem(
        bundle.system(),
        bundle.id(),
        bundle.expertSpec(),
        bundle.manifest().channels(),
        bundle.normalisation(),
        bundle.features(),
        bundle.baseWeights(),
        bundle.windowLength(),
        bundle.leadCount(),
        bundle.calibration(),
        bundle.conditions(),
        bundle.manifest().candidates().ensemble(),
        bundle.manifest().candidates().scoreSteps());
  }

  /** What the bundles serve. */
  public ServedSystems systems() {
    return systems;
  }

  /**
   * A bundle by its id.
   *
   * @throws IllegalArgumentException if it was not opened
   */
  public Bundle bundle(String id) {
    Bundle bundle = byId.get(id);
    if (bundle == null) {
      throw new IllegalArgumentException(
          "bundles: expected one of " + byId.keySet() + ", found " + id);
    }
    return bundle;
  }
}
