package io.dynadiff.streams.generate;

import io.dynadiff.models.bundle.Bundle;
import io.dynadiff.models.bundle.BundleFormatException;
import io.dynadiff.schemas.avro.BundleAnnouncement;
import io.dynadiff.streams.systems.OpenedBundles;
import io.dynadiff.streams.systems.RecordLimits;
import io.dynadiff.streams.systems.ServedSystem;
import io.micrometer.core.instrument.Metrics;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Loads bundles that are announced while the generator runs. What is announced is only a claim: the
 * manifest must have the announced checksum, every file the manifest's, every tensor the shape that
 * the manifest implies. A bundle that does not is refused and the ones in use stay. Confined to the
 * thread that opens the generators.
 */
final class AnnouncedBundles {

  private static final Logger LOG = LoggerFactory.getLogger(AnnouncedBundles.class);

  private final LoadedGenerators generators;
  private final Generator.Opener opener;
  private final GenerateSettings settings;

  AnnouncedBundles(
      LoadedGenerators generators, Generator.Opener opener, GenerateSettings settings) {
    this.generators = generators;
    this.opener = opener;
    this.settings = settings;
  }

  /**
   * Loads an announced bundle unless it is there already.
   *
   * @return why it is refused, or nothing
   */
  Optional<String> take(BundleAnnouncement announcement) {
    if (generators.has(announcement.getBundleId())) {
      return Optional.empty();
    }
    try {
      Bundle bundle = Bundle.open(directory(announcement.getLocation()));
      require("bundle id", announcement.getBundleId(), bundle.id());
      require("SHA-256 of the manifest", announcement.getSha256(), bundle.manifestSha256());
      require("system", announcement.getSystem(), bundle.system());
      ServedSystem served = OpenedBundles.serve(bundle);
      RecordLimits.requireWeightsFit(List.of(served), settings.ensemble(), settings.weightsDtype());
      generators.add(served, opener.open(bundle));
      LOG.info("bundle {} loaded from {}", bundle.id(), announcement.getLocation());
      count("loaded");
      return Optional.empty();
    } catch (IOException | RuntimeException e) {
      String reason = e.getMessage() == null ? e.toString() : e.getMessage();
      LOG.warn(
          "bundle {} announced at {} refused, {} stay in use: {}",
          announcement.getBundleId(),
          announcement.getLocation(),
          generators.bundleIds(),
          reason);
      LOG.debug("bundle refused", e);
      count("refused");
      return Optional.of(reason);
    }
  }

  private static Path directory(String location) throws BundleFormatException {
    try {
      URI uri = URI.create(location);
      if ("file".equals(uri.getScheme())) {
        return Path.of(uri);
      }
    } catch (IllegalArgumentException e) {
      throw new BundleFormatException("location " + location + ": " + e.getMessage(), e);
    }
    throw new BundleFormatException(
        "location: expected a file: URI of a directory that this machine can read, found "
            + location
            + "; announce it with --location");
  }

  private static void require(String what, String announced, String found)
      throws BundleFormatException {
    if (!announced.equals(found)) {
      throw new BundleFormatException(
          what + ": announced as " + announced + ", found " + found + "; announce it again");
    }
  }

  private static void count(String outcome) {
    Metrics.counter("dynadiff.bundles", "outcome", outcome).increment();
  }
}
