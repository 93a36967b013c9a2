package io.dynadiff.trainer.pipeline;

import io.dynadiff.models.bundle.Bundle;
import io.dynadiff.models.bundle.BundleManifest;
import io.dynadiff.models.bundle.Calibration;
import io.dynadiff.models.bundle.Sha256;
import io.dynadiff.models.expert.ExpertSpec;
import io.dynadiff.models.json.CanonicalJson;
import io.dynadiff.trainer.data.EnvironmentData;
import io.dynadiff.trainer.data.SystemData;
import io.dynadiff.trainer.evaluation.ResultsFile;
import io.dynadiff.trainer.expert.ExpertTraining;
import io.dynadiff.trainer.expert.ZooExpert;
import io.dynadiff.trainer.expert.ZooTraining;
import io.dynadiff.trainer.functional.FunctionalLoss;
import io.dynadiff.trainer.preset.Preset;
import io.dynadiff.trainer.stage.StageCost;
import io.dynadiff.trainer.stage.StageStore;
import io.dynadiff.trainer.stage.TrainingLoop;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Everything that is trained for one system under one preset and seed. Every part is trained when
 * it is first asked for, and found again if an earlier run finished it with the same inputs.
 *
 * <p>Confined to one thread; training parts must not run beside any other training in the process.
 */
public final class TrainedSystem {

  private static final String BASE = "base";

  private final SystemData data;
  private final Preset preset;
  private final long seed;
  private final Path work;
  private final PrintStream progress;
  private final TrainingLoop loop;
  private final ExpertSpec spec;
  private final Map<String, StageStore> stages = new LinkedHashMap<>();
  private float[] base;
  private SystemData labelled;
  private List<ZooExpert> zoo;
  private List<ZooExpert> mixes;
  private TrainedGenerator generator;
  private Bundle bundle;

  /**
   * @param data all data of the system
   * @param dataKey what the data depend on, as text: part of every stage's identity
   * @param work directory of the stages
   * @throws IllegalArgumentException if the data's trajectories are too short for the preset, or it
   *     asks for laws that the system does not have
   */
  public TrainedSystem(
      SystemData data, String dataKey, Preset preset, long seed, Path work, PrintStream progress) {
    requireFitting(data, preset);
    this.data = data;
    this.preset = preset;
    this.seed = seed;
    this.progress = progress;
    this.loop = new TrainingLoop(progress);
    this.spec = preset.expert().spec(data);
    // Every stage below depends on the data; the scale of its changes stands for the numbers.
    String inputs =
        CanonicalJson.write(
            List.of(
                preset.data().trained(),
                spec,
                data.seen().stream().map(EnvironmentData::id).toList()));
    this.work =
        work.resolve(
            dataKey + "-" + Sha256.hex(inputs.getBytes(StandardCharsets.UTF_8)).substring(0, 12));
    progress.printf(
        Locale.ROOT,
        "%s: %d seen and %d unseen environments, expert with %d weights in %d nodes%n",
        data.system(),
        data.seen().size(),
        data.unseen().size(),
        spec.parameterCount(),
        spec.layout().nodeCount());
  }

  private TrainedSystem(TrainedSystem other, Preset preset) {
    requireFitting(other.data, preset);
    this.data = other.data;
    this.preset = preset;
    this.seed = other.seed;
    this.work = other.work;
    this.progress = other.progress;
    this.loop = other.loop;
    this.spec = other.spec;
  }

  private static void requireFitting(SystemData data, Preset preset) {
    TrajectoryCheck.require(data, preset);
    FunctionalLoss.requireLaws(data, preset.autoencoder());
  }

  /**
   * The same system under other settings; parts that depend on none of the changes are shared.
   *
   * @param changed a preset with the same data and expert
   * @throws IllegalArgumentException if data or expert differ
   */
  public TrainedSystem with(Preset changed) {
    if (!changed.data().equals(preset.data()) || !changed.expert().equals(preset.expert())) {
      throw new IllegalArgumentException(
          "changed preset: expected the same data and expert, found others; open the system again");
    }
    return new TrainedSystem(this, changed);
  }

  /**
   * All data of the system. Where conditions are unknown there are labels in their place, which
   * takes the zoo.
   */
  public SystemData data() {
    if (data.conditions().isEmpty()) {
      zoo();
      return labelled;
    }
    return data;
  }

  /** What labels depend on; nothing where conditions are known. */
  List<Object> labelInputs() {
    return data.conditions().isEmpty() ? List.of(baseKey(), preset.zoo().identity()) : List.of();
  }

  /** Architecture of the experts. */
  public ExpertSpec spec() {
    return spec;
  }

  /** Every setting. */
  public Preset preset() {
    return preset;
  }

  /** Seed of every random choice. */
  public long seed() {
    return seed;
  }

  /** Directory of this system's stages. */
  public Path work() {
    return work;
  }

  /** Where progress lines go. */
  public PrintStream progress() {
    return progress;
  }

  /** Runs trainings. */
  public TrainingLoop loop() {
    return loop;
  }

  /** Where a stage is kept. */
  StageStore stage(String name, Object... inputs) {
    return noted(new StageStore(work, name, inputs));
  }

  private StageStore noted(StageStore store) {
    stages.putIfAbsent(store.key(), store);
    return store;
  }

  /** Where the stages that were asked for are kept, in that order. */
  public List<StageStore> stages() {
    return List.copyOf(stages.values());
  }

  /**
   * What the stages that were asked for took when they were trained, by name; parts of the zoo
   * together. Stages that were trained by a release that took no notes are missing.
   */
  public Map<String, StageCost> costs() {
    Map<String, StageCost> costs = new LinkedHashMap<>();
    for (StageStore stage : stages.values()) {
      String name = stage.name().replaceFirst("-\\d+$", "");
      StageCost.read(stage)
          .ifPresentOrElse(
              cost -> costs.merge(name, cost, StageCost::plus),
              () -> progress.printf("%s: nothing was noted when it was trained%n", stage.key()));
    }
    return costs;
  }

  private StageStore baseStore() {
    return stage(BASE, spec, preset.base(), seed);
  }

  /** Identity of the base model. */
  public String baseKey() {
    return baseStore().key();
  }

  /** Flat weights of the base model, trained on all seen environments. */
  public float[] base() {
    if (base == null) {
      base =
          new ExpertTraining(spec, data, loop)
              .train(
                  baseStore(),
                  new TrainingLoop.Plan(
                      BASE,
                      preset.base().steps(),
                      preset.base().learningRate(),
                      preset.base().weightDecay(),
                      0,
                      seed),
                  List.of(spec.family().initialWeights(spec, seed)),
                  List.of(data.seen()),
                  preset.base())
              .get(0);
    }
    return base;
  }

  /** Experts of single seen environments that passed the quality check. */
  public List<ZooExpert> zoo() {
    if (zoo == null) {
      ZooTraining training = new ZooTraining(spec, data, preset.zoo(), seed, progress);
      List<ZooExpert> trained = training.train(work, baseKey(), base());
      if (trained.isEmpty()) {
        throw new IllegalStateException(
            data.system()
                + ": expected experts that are better than the base on frames of their environments,"
                + " found none; the environments may not differ enough, or the frames be too few:"
                + " record more, or try --set zoo.training.steps="
                + 3 * preset.zoo().training().steps());
      }
      if (data.conditions().isEmpty()) {
        LabelledZoo labels = LabelledZoo.of(spec, data, trained, base(), progress);
        labelled = labels.data();
        trained = labels.zoo();
      }
      zoo = List.copyOf(trained);
      for (int chunk = 0; chunk < training.chunks(); chunk++) {
        noted(training.store(work, baseKey(), chunk));
      }
      mixes = List.copyOf(training.mixes(zoo));
    }
    return zoo;
  }

  /** Convex mixes of zoo experts. */
  public List<ZooExpert> mixes() {
    zoo();
    return mixes;
  }

  /** The networks that write experts. */
  public TrainedGenerator generator() {
    if (generator == null) {
      generator = TrainedGenerator.train(this);
    }
    return generator;
  }

  /** The bundle, not yet calibrated. */
  public Bundle bundle() {
    if (bundle == null) {
      Path draft = work.resolve("draft-" + new StageStore(work, "bundle", preset, seed).key());
      bundle = write(draft, new Calibration(1, 1, data.changeScale()), Map.of(), "draft");
    }
    return bundle;
  }

  /**
   * Writes the bundle.
   *
   * @param calibration errors of good experts
   * @param figures what the evaluation found
   * @param command the command that trained it
   */
  public Bundle write(
      Path output, Calibration calibration, Map<String, Double> figures, String command) {
    Map<String, String> provenance = new LinkedHashMap<>();
    provenance.put("command", command);
    provenance.put("commit", ResultsFile.commit());
    provenance.put("machine", ResultsFile.machine());
    provenance.put("seed", Long.toString(seed));
    TrainedGenerator trained = generator();
    try {
      return Bundle.write(
          output,
          new BundleManifest(
              BundleManifest.FORMAT_VERSION,
              data.system(),
              preset.windowLength(),
              preset.leadCount(),
              preset.data().channels(),
              spec,
              data.normalisation(),
              data().conditions(),
              preset.autoencoder().sizes(),
              trained.diffusionSpec(),
              trained.prompterSpec(),
              preset.regression().sizes(),
              trained.tensors().interpolation().spec(),
              preset.sampler(),
              preset.candidates(),
              preset.storage(),
              calibration,
              figures,
              provenance,
              Map.of()),
          base(),
          trained.tensors());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write the bundle " + output, e);
    }
  }
}
