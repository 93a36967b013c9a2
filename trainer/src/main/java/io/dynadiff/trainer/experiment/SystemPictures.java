package io.dynadiff.trainer.experiment;

import io.dynadiff.physics.field.FieldShape;
import io.dynadiff.physics.picture.ColourMap;
import io.dynadiff.physics.picture.ValueRange;
import io.dynadiff.trainer.data.AdaptationCase;
import io.dynadiff.trainer.data.EnvironmentData;
import io.dynadiff.trainer.data.RolloutCase;
import io.dynadiff.trainer.data.SystemData;
import io.dynadiff.trainer.evaluation.ExpertPredictor;
import io.dynadiff.trainer.evaluation.Method;
import io.dynadiff.trainer.evaluation.ResultsTable;
import io.dynadiff.trainer.pipeline.TrainedSystem;
import io.dynadiff.trainer.report.RolloutPicture;
import io.dynadiff.trainer.report.RolloutPicture.Row;
import io.dynadiff.trainer.report.WeightLandscape;
import io.dynadiff.trainer.report.WeightLandscape.Experts;
import io.dynadiff.trainer.rival.InferredConditions;
import io.dynadiff.trainer.rival.OwnExpert;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.BitmapEncoder.BitmapFormat;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Pictures of one trained system: a rollout, and where its experts lie in weight space. */
public final class SystemPictures {

  private static final int[] LEADS = {1, 3, 6, 10, 20, 50};

  private final TrainedSystem system;
  private final MethodCatalogue catalogue;

  public SystemPictures(TrainedSystem system) {
    this.system = system;
    this.catalogue = new MethodCatalogue(system);
  }

  /** Writes {@code rollout-SYSTEM.png} and {@code landscape-SYSTEM.png}. */
  public void write(Path directory) throws IOException {
    Files.createDirectories(directory);
    String name = system.data().system();
    try (Method own = catalogue.make(OwnExpert.NAME);
        Method ours = catalogue.make(ResultsTable.OURS);
        InferredConditions reader =
            new InferredConditions(system.bundle(), system.preset().windowLength())) {
      if (system.spec().fieldShape().points() > 1) {
        ImageIO.write(
            rollout(own, ours), "png", directory.resolve("rollout-" + name + ".png").toFile());
      }
      BitmapEncoder.saveBitmap(
          WeightLandscape.draw(
              name + ": weights of experts",
              experts(own, system.data().seen()),
              system.data().conditions().get(0).name(),
              List.of(
                  trained("trained on the environment, seen", 0x56B4E9, own, true),
                  trained("trained on the environment, unseen", 0x0072B2, own, false),
                  generated("generated, seen", 0xE69F00, ours, reader, true),
                  generated("generated, unseen", 0xD55E00, ours, reader, false))),
          directory.resolve("landscape-" + name).toString(),
          BitmapFormat.PNG);
    }
  }

  private List<EnvironmentData> environments(boolean seen) {
    return seen ? system.data().seen() : system.data().unseen();
  }

  private static List<float[]> experts(Method method, List<EnvironmentData> environments) {
    return environments.stream()
        .map(e -> ((ExpertPredictor) method.adapt(e, e.cases().get(0))).weights())
        .toList();
  }

  private Experts trained(String label, int colour, Method own, boolean seen) {
    return new Experts(
        label,
        new Color(colour),
        SeriesMarkers.DIAMOND,
        environments(seen).stream().mapToDouble(e -> e.conditions()[0]).toArray(),
        experts(own, environments(seen)));
  }

  private Experts generated(
      String label, int colour, Method ours, InferredConditions reader, boolean seen) {
    return new Experts(
        label,
        new Color(colour),
        SeriesMarkers.CIRCLE,
        environments(seen).stream().mapToDouble(e -> reader.read(e, e.cases().get(0))[0]).toArray(),
        experts(ours, environments(seen)));
  }

  /** The first channel of one rollout in the middle one of the unseen environments. */
  private BufferedImage rollout(Method own, Method ours) {
    SystemData data = system.data();
    FieldShape shape = data.shape();
    EnvironmentData environment = data.unseen().get(data.unseen().size() / 2);
    AdaptationCase adaptation = environment.cases().get(0);
    List<RolloutCase> start = adaptation.rollouts().subList(0, 1);
    int[] leads = Arrays.stream(LEADS).filter(l -> l <= data.horizon()).toArray();
    float[][] ownForecast =
        own.adapt(environment, adaptation).rollout(start, data.horizon()).get(0);
    float[][] ourForecast =
        ours.adapt(environment, adaptation).rollout(start, data.horizon()).get(0);
    List<float[]> truth = new ArrayList<>();
    List<float[]> trained = new ArrayList<>();
    List<float[]> generated = new ArrayList<>();
    List<float[]> error = new ArrayList<>();
    for (int lead : leads) {
      RolloutCase from = start.get(0);
      float[] frame = from.trajectory().frames()[from.start() + lead];
      truth.add(first(shape, data.normalisation().denormalise(shape, frame)));
      trained.add(first(shape, ownForecast[lead - 1]));
      generated.add(first(shape, ourForecast[lead - 1]));
      error.add(difference(generated.get(generated.size() - 1), truth.get(truth.size() - 1)));
    }
    ValueRange range = ValueRange.of(truth.toArray(float[][]::new));
    boolean recorded = system.spec().clockPeriodMillis() > 0;
    ColourMap colours = recorded ? ColourMap.SEQUENTIAL : ColourMap.DIVERGING;
    ValueRange shown = recorded ? range : ValueRange.around0(truth.toArray(float[][]::new));
    return new RolloutPicture(shape.height(), shape.width(), recorded)
        .draw(
            title(environment),
            IntStream.of(leads).mapToObj(l -> "lead " + l).toList(),
            List.of(
                new Row("truth", truth, shown, colours),
                new Row("one-per-env", trained, shown, colours),
                new Row("dynadiff", generated, shown, colours),
                new Row(
                    "dynadiff error",
                    error,
                    ValueRange.around0(error.toArray(float[][]::new)),
                    ColourMap.DIVERGING)));
  }

  private String title(EnvironmentData environment) {
    StringBuilder title = new StringBuilder(system.data().system()).append(", unseen environment:");
    for (int i = 0; i < environment.conditions().length; i++) {
      title.append(
          String.format(
              Locale.ROOT,
              " %s %.4g",
              system.data().conditions().get(i).name(),
              environment.conditions()[i]));
    }
    return title.toString();
  }

  private static float[] first(FieldShape shape, float[] field) {
    return Arrays.copyOf(field, shape.points());
  }

  private static float[] difference(float[] a, float[] b) {
    float[] difference = new float[a.length];
    for (int i = 0; i < a.length; i++) {
      difference[i] = a[i] - b[i];
    }
    return difference;
  }
}
