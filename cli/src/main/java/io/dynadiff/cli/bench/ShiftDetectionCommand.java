package io.dynadiff.cli.bench;

import io.dynadiff.cli.physics.PlotPicture;
import io.dynadiff.cli.physics.StageProgress;
import io.dynadiff.commands.CommandReport;
import io.dynadiff.models.bundle.Bundle;
import io.dynadiff.models.bundle.BundleFormatException;
import io.dynadiff.physics.recorded.RecordedDataException;
import io.dynadiff.physics.validation.Plot;
import io.dynadiff.streams.shift.DetectorKind;
import io.dynadiff.streams.shift.ShiftSettings;
import io.dynadiff.trainer.evaluation.ResultsFile;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import javax.imageio.ImageIO;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code dynadiff bench shift-detection}: detection delay and false alarms of every detector. */
@Command(
    name = "shift-detection",
    mixinStandardHelpOptions = true,
    description = {
      "Measure detection delay and false-alarm rate of every shift detector: on synthetic errors"
          + " with changes of several sizes, on errors of the shipped bundles' experts on simulated"
          + " feeds that shift or do not, and on recorded weather.",
      "A missed change counts as a delay of all the frames that were watched."
    },
    footer = {"", "Example:", "  dynadiff bench shift-detection --environments 24"})
final class ShiftDetectionCommand implements Callable<Integer> {

  private static final double SECONDS_PER_ENVIRONMENT = 6;
  private static final double SECONDS_OF_RECORDING = 8;
  private static final double SECONDS_PER_SEED = 0.1;

  @Spec private CommandSpec spec;

  @Option(
      names = "--bundles",
      paramLabel = "DIR",
      defaultValue = "${sys:dynadiff.home:-.}/bundles",
      description =
          "Directory of the bundles lambda-omega and era5-uk (default: ${DEFAULT-VALUE}).")
  private Path bundles;

  @Option(
      names = "--recording",
      paramLabel = "FILE",
      defaultValue = "${sys:dynadiff.home:-.}/data/era5-2mt-2019-03-uk-cds.nc",
      description = "The recorded field (default: ${DEFAULT-VALUE}).")
  private Path recording;

  @Option(
      names = "--environments",
      paramLabel = "N",
      defaultValue = "13",
      description = "Unseen Lambda-Omega environments, 1 to 39 (default: ${DEFAULT-VALUE}).")
  private int environments;

  @Option(
      names = "--seeds",
      paramLabel = "N",
      defaultValue = "100",
      description = "Synthetic series of each kind and size (default: ${DEFAULT-VALUE}).")
  private int seeds;

  @Option(
      names = "--work",
      paramLabel = "DIR",
      defaultValue = "${sys:dynadiff.home:-.}/.dynadiff/shift-detection",
      description =
          "Where the experts' errors are kept for the next run (default: ${DEFAULT-VALUE}).")
  private Path work;

  @Option(
      names = "--output",
      paramLabel = "FILE",
      defaultValue = "${sys:dynadiff.home:-.}/results/shift-detection.json",
      description = "The results file (default: ${DEFAULT-VALUE}).")
  private Path output;

  @Option(
      names = "--picture",
      paramLabel = "FILE",
      defaultValue = "${sys:dynadiff.home:-.}/docs/images/shift-detection.png",
      description = "The curves (default: ${DEFAULT-VALUE}).")
  private Path picture;

  @Override
  public Integer call() throws IOException {
    if (environments < 1 || environments > 39 || seeds < 1) {
      throw new ParameterException(
          spec.commandLine(),
          "expected --environments in 1..39 and --seeds of at least 1, found "
              + environments
              + " and "
              + seeds);
    }
    try {
      return measure();
    } catch (BundleFormatException | RecordedDataException | NoSuchFileException e) {
      return CommandReport.report(spec, e, CommandReport.REFUSED);
    }
  }

  private int measure() throws IOException {
    Bundle lambdaOmegaBundle = Bundle.open(bundles.resolve("lambda-omega"));
    Bundle recordedBundle = Bundle.open(bundles.resolve("era5-uk"));
    String commit = ResultsFile.commit();
    List<SyntheticErrors> kinds = SyntheticErrors.standard();
    double simulated = SECONDS_PER_ENVIRONMENT * environments;
    double synthetic = SECONDS_PER_SEED * seeds;
    StageProgress progress =
        new StageProgress(
            spec.commandLine().getErr(),
            2 + kinds.size(),
            simulated + SECONDS_OF_RECORDING + kinds.size() * synthetic,
            System::nanoTime);
    ShiftDetectionStudy study = new ShiftDetectionStudy();
    progress.begin("Lambda-Omega feeds, " + environments + " environments", simulated);
    List<ErrorSeries> lambdaOmega =
        GenuineErrors.lambdaOmega(
            lambdaOmegaBundle, environments, new KeptSeries(work), progress::within);
    study.addSimulated("lambda-omega", lambdaOmega);
    study.statistics("lambda-omega", lambdaOmega.stream().filter(s -> !s.shifts()).toList());
    progress.begin("recorded tiles", SECONDS_OF_RECORDING);
    study.addRecorded(
        "era5-uk", GenuineErrors.recorded(recordedBundle, recording, progress::within));
    for (SyntheticErrors kind : kinds) {
      progress.begin("synthetic errors, " + kind.name(), synthetic);
      study.addSynthetic(kind, seeds);
    }
    draw(study.plots());
    ResultsFile.write(
        output,
        "dynadiff bench shift-detection --environments %d --seeds %d"
            .formatted(environments, seeds),
        configuration(kinds, List.of(lambdaOmegaBundle, recordedBundle), commit),
        Map.of(
            "firstSynthetic",
            1L,
            "syntheticSeries",
            (long) seeds,
            "firstFeed",
            GenuineErrors.FIRST_SEED,
            "feeds",
            (long) environments),
        progress.seconds(),
        study.figures());
    print(study.figures());
    return CommandReport.DONE;
  }

  private Map<String, Object> configuration(
      List<SyntheticErrors> kinds, List<Bundle> measured, String commit) {
    Map<String, Object> configuration = new TreeMap<>();
    configuration.put("detectors", ShiftSettings.DEFAULT);
    configuration.put("synthetic", kinds);
    configuration.put("ratios", ShiftDetectionStudy.RATIOS);
    configuration.put("changesOfBeta", GenuineErrors.CHANGES);
    configuration.put("horizonFrames", GenuineErrors.HORIZON);
    configuration.put("environments", environments);
    configuration.put("seeds", "1.." + seeds);
    configuration.put("bundles", measured.stream().map(Bundle::id).toList());
    configuration.put(
        "wallSeconds", "without the experts' errors that an earlier run has kept in --work");
    configuration.put("sources", commit);
    return configuration;
  }

  private void draw(List<Plot> plots) throws IOException {
    List<BufferedImage> panels = plots.stream().map(PlotPicture::draw).toList();
    int width = panels.get(0).getWidth();
    int height = panels.get(0).getHeight();
    BufferedImage all =
        new BufferedImage(2 * width, (panels.size() + 1) / 2 * height, BufferedImage.TYPE_INT_RGB);
    Graphics2D g = all.createGraphics();
    for (int i = 0; i < panels.size(); i++) {
      g.drawImage(panels.get(i), i % 2 * width, i / 2 * height, null);
    }
    g.dispose();
    if (picture.getParent() != null) {
      Files.createDirectories(picture.getParent());
    }
    ImageIO.write(all, "png", picture.toFile());
  }

  private void print(Map<String, Double> figures) {
    PrintWriter out = spec.commandLine().getOut();
    out.println("detector       false alarms per 1000 frames            frames to detection");
    out.println(
        "               lambda-omega  after swap     era5       beta+0.05  beta+0.10  beta+0.30");
    for (DetectorKind kind : DetectorKind.values()) {
      String d = kind.text();
      out.printf(
          Locale.ROOT,
          "%-14s %12.2f %11.2f %8.2f %15.1f %10.1f %10.1f%n",
          d,
          figures.get("lambda-omega." + d + ".falseAlarmsPerThousandFrames"),
          figures.get("lambda-omega.after-swap." + d + ".falseAlarmsPerThousandFrames"),
          figures.get("era5-uk." + d + ".falseAlarmsPerThousandFrames"),
          figures.get("lambda-omega." + d + ".change-0.05.delayFrames"),
          figures.get("lambda-omega." + d + ".change-0.1.delayFrames"),
          figures.get("lambda-omega." + d + ".change-0.3.delayFrames"));
    }
    out.println("results: " + output);
    out.flush();
  }
}
