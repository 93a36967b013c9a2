package io.dynadiff.models.bundle;

import io.dynadiff.models.bundle.BundleManifest.FileEntry;
import io.dynadiff.models.bundle.GeneratorTensors.GeneratorSizes;
import io.dynadiff.models.diffusion.DiffusionTransformer;
import io.dynadiff.models.expert.ExpertSpec;
import io.dynadiff.models.expert.WeightLayout;
import io.dynadiff.models.field.FieldNormalisation;
import io.dynadiff.models.json.CanonicalJson;
import io.dynadiff.models.prompt.FeatureSpec;
import io.dynadiff.models.prompt.Prompter;
import io.dynadiff.models.regression.LatentRegressor;
import io.dynadiff.models.safetensors.NamedTensor;
import io.dynadiff.models.safetensors.Safetensors;
import io.dynadiff.models.vae.WeightVae;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;

/**
 * Everything the online side needs for one system: a directory with {@code manifest.json}, {@code
 * base.safetensors} (the base expert under the names of its architecture) and {@code
 * generator.safetensors}.
 *
 * <p>Holds plain Java arrays that callers must not change; safe to share between threads. Nothing
 * in a bundle is executable.
 */
public final class Bundle {

  private static final String MANIFEST = "manifest.json";
  private static final String BASE = "base.safetensors";
  private static final String GENERATOR = "generator.safetensors";
  private static final long MAX_MANIFEST_BYTES = 1 << 20;

  /** What one array can hold. */
  private static final long MAX_FILE_BYTES = Integer.MAX_VALUE - 8;

  private final BundleManifest manifest;
  private final String manifestSha256;
  private final float[] baseWeights;
  private final GeneratorTensors generator;

  private Bundle(
      BundleManifest manifest,
      String manifestSha256,
      float[] baseWeights,
      GeneratorTensors generator) {
    this.manifest = manifest;
    this.manifestSha256 = manifestSha256;
    this.baseWeights = baseWeights;
    this.generator = generator;
  }

  /**
   * Reads and verifies a bundle.
   *
   * @throws BundleFormatException if a file is missing, has another length or checksum than the
   *     manifest says, or does not hold exactly the tensors that the manifest implies
   */
  public static Bundle open(Path directory) throws IOException {
    byte[] text = readFile(directory.resolve(MANIFEST), MAX_MANIFEST_BYTES);
    BundleManifest manifest;
    try {
      manifest =
          ManifestReader.read(
              new String(text, StandardCharsets.UTF_8), directory.resolve(MANIFEST).toString());
    } catch (IllegalArgumentException e) {
      throw new BundleFormatException(e.getMessage(), e);
    }
    if (!manifest.files().keySet().equals(java.util.Set.of(BASE, GENERATOR))) {
      throw new BundleFormatException(
          directory.resolve(MANIFEST)
              + ": expected files "
              + List.of(BASE, GENERATOR)
              + ", found "
              + manifest.files().keySet());
    }
    float[] base;
    try {
      base =
          manifest.expert().family().toFlat(manifest.expert(), tensors(directory, BASE, manifest));
    } catch (IllegalArgumentException e) {
      throw new BundleFormatException(directory.resolve(BASE) + ": " + e.getMessage(), e);
    }
    GeneratorTensors generator =
        GeneratorTensors.fromNamed(
            tensors(directory, GENERATOR, manifest),
            sizes(manifest),
            directory.resolve(GENERATOR).toString());
    return new Bundle(manifest, Sha256.hex(text), base, generator);
  }

  /**
   * Writes a bundle; an existing one is replaced file by file, the manifest last.
   *
   * @param draft the manifest, whose list of files is filled in here
   * @param baseWeights flat weights of the base expert
   * @param generator numbers behind weight generation
   * @return the bundle as {@link #open} reads it
   */
  public static Bundle write(
      Path directory, BundleManifest draft, float[] baseWeights, GeneratorTensors generator)
      throws IOException {
    Files.createDirectories(directory);
    byte[] base = Safetensors.write(draft.expert().family().toNamed(draft.expert(), baseWeights));
    byte[] generatorBytes = generator.write(draft.storage());
    Map<String, FileEntry> files =
        Map.of(
            BASE, new FileEntry(base.length, Sha256.hex(base)),
            GENERATOR, new FileEntry(generatorBytes.length, Sha256.hex(generatorBytes)));
    BundleManifest manifest =
        new BundleManifest(
            draft.formatVersion(),
            draft.system(),
            draft.windowLength(),
            draft.leadCount(),
            draft.channels(),
            draft.expert(),
            draft.normalisation(),
            draft.conditions(),
            draft.vae(),
            draft.diffusion(),
            draft.prompter(),
            draft.regressor(),
            draft.interpolation(),
            draft.sampler(),
            draft.candidates(),
            draft.storage(),
            draft.calibration(),
            draft.metrics(),
            draft.provenance(),
            files);
    replace(directory.resolve(BASE), base);
    replace(directory.resolve(GENERATOR), generatorBytes);
    replace(
        directory.resolve(MANIFEST),
        CanonicalJson.writePretty(manifest).getBytes(StandardCharsets.UTF_8));
    return open(directory);
  }

  private static void replace(Path file, byte[] content) throws IOException {
    Path part = file.resolveSibling(file.getFileName() + ".part");
    Files.write(part, content);
    Files.move(part, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
  }

  private static Map<String, NamedTensor> tensors(
      Path directory, String name, BundleManifest manifest) throws IOException {
    Path file = directory.resolve(name);
    FileEntry entry = manifest.files().get(name);
    byte[] content = readFile(file, MAX_FILE_BYTES);
    String sha256 = Sha256.hex(content);
    if (content.length != entry.bytes() || !sha256.equals(entry.sha256())) {
      throw new BundleFormatException(
          file
              + ": expected "
              + entry.bytes()
              + " bytes with SHA-256 "
              + entry.sha256()
              + ", found "
              + content.length
              + " bytes with "
              + sha256
              + "; fetch the bundle again");
    }
    try {
      return Safetensors.read(content, file.toString());
    } catch (IllegalArgumentException e) {
      throw new BundleFormatException(e.getMessage(), e);
    }
  }

  private static byte[] readFile(Path file, long limit) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new BundleFormatException(
          file + ": expected a file of a bundle, found none; give the directory of a bundle");
    }
    long bytes = Files.size(file);
    if (bytes > limit) {
      throw new BundleFormatException(
          file + ": expected at most " + limit + " bytes, found " + bytes);
    }
    return Files.readAllBytes(file);
  }

  private static GeneratorSizes sizes(BundleManifest manifest) {
    WeightLayout layout = manifest.expert().layout();
    WeightVae vae = new WeightVae(layout, manifest.vae());
    int nodes = vae.nodes();
    int latent = vae.latent();
    return new GeneratorSizes(
        vae.decoderLayout().size(),
        new DiffusionTransformer(manifest.diffusion(), nodes, latent).layout().size(),
        new Prompter(manifest.prompter()).layout().size(),
        new LatentRegressor(
                manifest.regressor(), manifest.prompter().conditionLength(), nodes, latent)
            .layout()
            .size(),
        layout.parameterCount(),
        nodes * latent,
        manifest.interpolation(),
        manifest.prompter().conditions(),
        manifest.prompter().input().statistics(),
        manifest.prompter().input().spectralFeatures());
  }

  /** Content-addressed id: the system and the first 12 digits of the manifest's SHA-256. */
  public String id() {
    return manifest.system() + "-" + manifestSha256.substring(0, 12);
  }

  /** System of dynamics. */
  public String system() {
    return manifest.system();
  }

  /** The whole manifest. */
  public BundleManifest manifest() {
    return manifest;
  }

  /** SHA-256 of the manifest file, which names the checksum of every other file. */
  public String manifestSha256() {
    return manifestSha256;
  }

  /** Architecture of the experts. */
  public ExpertSpec expertSpec() {
    return manifest.expert();
  }

  /** Flat weights of the base expert; not to be changed. */
  public float[] baseWeights() {
    return baseWeights;
  }

  /** What is computed of a window. */
  public FeatureSpec features() {
    return manifest.prompter().input();
  }

  /** Field normalisation. */
  public FieldNormalisation normalisation() {
    return manifest.normalisation();
  }

  /** Frames of a full observation window. */
  public int windowLength() {
    return manifest.windowLength();
  }

  /** Event time between frames, in milliseconds. */
  public long intervalMillis() {
    return manifest.expert().intervalMillis();
  }

  /** Leads of a forecast. */
  public int leadCount() {
    return manifest.leadCount();
  }

  /** Conditions that the prompter infers. */
  public List<ConditionSpec> conditions() {
    return manifest.conditions();
  }

  /** Errors of good experts. */
  public Calibration calibration() {
    return manifest.calibration();
  }

  /** Figures of the evaluation that went with the training. */
  public Map<String, Double> metrics() {
    return manifest.metrics();
  }

  /** Numbers behind weight generation. */
  public GeneratorTensors generator() {
    return generator;
  }

  @Override
  public String toString() {
    return id();
  }
}
