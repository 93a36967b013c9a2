package io.dynadiff.streams.generate;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynadiff.models.bundle.Bundle;
import io.dynadiff.models.bundle.UntrainedBundle;
import io.dynadiff.physics.field.FieldShape;
import io.dynadiff.schemas.avro.BundleAnnouncement;
import io.dynadiff.streams.Samples;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AnnouncedBundlesTest {

  private static final FieldShape SHAPE = new FieldShape(1, 8, 8);

  @TempDir private Path directory;
  private final MeanGenerator.Log log = new MeanGenerator.Log();
  private final LoadedGenerators generators = MeanGenerator.loaded(log);
  private final AnnouncedBundles announced =
      new AnnouncedBundles(generators, bundle -> new MeanGenerator(log), GenerateSettings.DEFAULT);

  @Test
  void shouldServeTheNewBundleBesideTheOldOneWhenItIsSound() throws IOException {
    Bundle bundle = write(1);
    assertThat(announced.take(announcement(bundle))).isEmpty();
    assertThat(generators.find(bundle.id()).orElseThrow().served().windowLength()).isEqualTo(10);
    assertThat(generators.has("bundle-1")).as("roles may still ask for it").isTrue();
  }

  @Test
  void shouldCloseTheOneUsedLongestAgoWhenAThirdBundleOfASystemComes() throws IOException {
    Bundle second = write(1);
    Bundle third = write(2);
    announced.take(announcement(second));
    announced.take(announcement(second));
    generators.find("bundle-1");
    announced.take(announcement(third));
    assertThat(generators.bundleIds())
        .containsExactlyInAnyOrder("bundle-1", "bundle-2", third.id());
    assertThat(log.batches).as("one generator was closed").containsExactly(-1);
  }

  @Test
  void shouldKeepTheOldOneWhenAFileHasChanged() throws IOException {
    Bundle bundle = write(1);
    Path generator = directory.resolve("1/generator.safetensors");
    byte[] bytes = Files.readAllBytes(generator);
    bytes[bytes.length - 1] ^= 1;
    Files.write(generator, bytes);
    assertRefused(announcement(bundle), "with SHA-256");
  }

  @Test
  void shouldKeepTheOldOneWhenTheManifestIsAnother() throws IOException {
    BundleAnnouncement announcement = announcement(write(1));
    announcement.setSha256("0".repeat(64));
    assertRefused(announcement, "SHA-256 of the manifest: announced as 000");
  }

  @Test
  void shouldKeepTheOldOneWhenTheIdIsAnother() throws IOException {
    BundleAnnouncement announcement = announcement(write(1));
    announcement.setBundleId("lambda-omega-123456789abc");
    assertRefused(announcement, "bundle id: announced as lambda-omega-123456789abc, found");
  }

  @Test
  void shouldKeepTheOldOneWhenTheSystemIsAnother() throws IOException {
    BundleAnnouncement announcement = announcement(write(1));
    announcement.setSystem("weather");
    assertRefused(announcement, "system: announced as weather, found lambda-omega");
  }

  @Test
  void shouldKeepTheOldOneWhenThereIsNothingOrItCannotBeReached() throws IOException {
    BundleAnnouncement announcement = announcement(write(1));
    announcement.setLocation(directory.resolve("nowhere").toUri().toString());
    assertRefused(announcement, "expected a file of a bundle, found none");
    announcement.setLocation("https://example.org/bundle");
    assertRefused(announcement, "expected a file: URI");
    announcement.setLocation("no uri");
    assertRefused(announcement, "location no uri");
  }

  private void assertRefused(BundleAnnouncement announcement, String reason) {
    assertThat(announced.take(announcement))
        .hasValueSatisfying(found -> assertThat(found).contains(reason));
    assertThat(generators.bundleIds()).containsExactly("bundle-1", "bundle-2");
    assertThat(log.batches).as("nothing was closed").isEmpty();
  }

  private Bundle write(long seed) throws IOException {
    return UntrainedBundle.write(
        directory.resolve(Long.toString(seed)), Samples.SYSTEM, SHAPE, seed);
  }

  private BundleAnnouncement announcement(Bundle bundle) {
    String seed = bundle.manifest().provenance().get("seed");
    return new BundleAnnouncement(
        bundle.id(),
        bundle.system(),
        directory.resolve(seed).toUri().toString(),
        bundle.manifestSha256(),
        Map.of(),
        Instant.EPOCH);
  }
}
