package io.dynadiff.cli.bench.report;

import io.dynadiff.cli.physics.PlotPicture;
import io.dynadiff.physics.validation.Curve;
import io.dynadiff.physics.validation.Plot;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.IntToDoubleFunction;

/** How costs grow, each as a panel with the law that was fitted. */
final class GrowthPicture {

  private static final int COLUMNS = 2;

  /** Points of a fitted curve, which is bent where axes are linear. */
  private static final int POINTS = 40;

  /** Ratio of largest to smallest from which both axes are logarithmic. */
  private static final double LOGARITHMIC_FROM = 20;

  private final BenchFigures measured;

  GrowthPicture(BenchFigures measured) {
    this.measured = measured;
  }

  /** The panels of what was measured, side by side; empty where nothing was. */
  Optional<BufferedImage> draw() {
    List<BufferedImage> panels = plots().stream().map(PlotPicture::draw).toList();
    if (panels.isEmpty()) {
      return Optional.empty();
    }
    int width = panels.get(0).getWidth();
    int height = panels.get(0).getHeight();
    int rows = (panels.size() + COLUMNS - 1) / COLUMNS;
    BufferedImage all =
        new BufferedImage(COLUMNS * width, rows * height, BufferedImage.TYPE_INT_RGB);
    Graphics2D g = all.createGraphics();
    g.setColor(Color.WHITE);
    g.fillRect(0, 0, all.getWidth(), all.getHeight());
    for (int i = 0; i < panels.size(); i++) {
      g.drawImage(panels.get(i), i % COLUMNS * width, i / COLUMNS * height, null);
    }
    g.dispose();
    return Optional.of(all);
  }

  /** What the panels show. */
  List<Plot> plots() {
    List<Plot> plots = new ArrayList<>();
    String step = "milliseconds per step";
    add(
        plots,
        "rollout.side-",
        ".stepMs",
        n -> (double) n * n,
        "rollout.against-grid",
        "Step of an expert",
        "points of the grid",
        step);
    add(
        plots,
        "rollout.width-",
        ".stepMs",
        n -> n,
        "rollout.against-width",
        "Step of an expert",
        "width",
        step);
    add(
        plots,
        "rollout.batch-",
        ".stepMs",
        n -> n,
        "rollout.against-batch",
        "Step of an expert",
        "fields in a batch",
        step);
    add(
        plots,
        "generation.nodes-",
        ".totalMs",
        n -> n,
        "generation.against-nodes",
        "Generation",
        "nodes of the weight graph",
        "milliseconds");
    frameSizes(plots);
    add(
        plots,
        "kafka-path.partitions-",
        ".framesPerSecond",
        n -> n,
        "kafka-path.against-partitions",
        "Admission and window",
        "partitions",
        "frames per second");
    memory(plots);
    return plots;
  }

  private void add(
      List<Plot> plots,
      String before,
      String after,
      IntToDoubleFunction meaning,
      String law,
      String title,
      String xLabel,
      String yLabel) {
    SortedMap<Double, Double> points = new TreeMap<>();
    measured
        .numbered(before, after)
        .forEach((number, value) -> points.put(meaning.applyAsDouble(number), value));
    addLaw(plots, points, law, title, xLabel, yLabel);
  }

  /** The size of a frame on the wire is a figure of its own. */
  private void frameSizes(List<Plot> plots) {
    SortedMap<Double, Double> points = new TreeMap<>();
    Map<Integer, Double> bytes = measured.numbered("kafka-path.side-", ".recordBytes");
    measured
        .numbered("kafka-path.side-", ".framesPerSecond")
        .forEach((side, rate) -> points.put(bytes.get(side), rate));
    addLaw(
        plots,
        points,
        "kafka-path.against-frame-bytes",
        "Admission and window",
        "bytes of a frame",
        "frames per second");
  }

  private void addLaw(
      List<Plot> plots,
      SortedMap<Double, Double> points,
      String law,
      String title,
      String xLabel,
      String yLabel) {
    if (points.size() < 2 || !measured.has(law + ".exponent")) {
      return;
    }
    double exponent = measured.get(law + ".exponent").orElseThrow();
    double factor = measured.get(law + ".factor").orElseThrow();
    double[] x = array(points.keySet());
    double[] y = array(points.values());
    Curve fitted = fitted(factor, exponent, x[0], x[x.length - 1]);
    boolean decades = spansDecades(x) && spansDecades(y);
    plots.add(
        new Plot(
            "growth",
            title + " against " + xLabel,
            xLabel,
            yLabel,
            // Only powers of ten have labels on a logarithmic axis.
            decades ? Plot.Scale.LOGARITHMIC : Plot.Scale.LINEAR,
            List.of(new Curve("measured", x, y), fitted),
            List.of(fitted.name())));
  }

  private static Curve fitted(double factor, double exponent, double from, double to) {
    double[] x = new double[POINTS];
    double[] y = new double[POINTS];
    for (int i = 0; i < POINTS; i++) {
      x[i] = from * Math.pow(to / from, i / (POINTS - 1.0));
      y[i] = factor * Math.pow(x[i], exponent);
    }
    return new Curve(String.format(Locale.ROOT, "exponent %.2f", exponent), x, y);
  }

  private static boolean spansDecades(double[] values) {
    DoubleSummaryStatistics range = Arrays.stream(values).summaryStatistics();
    return range.getMax() / range.getMin() > LOGARITHMIC_FROM;
  }

  private void memory(List<Plot> plots) {
    SortedMap<Integer, Double> points = measured.numbered("memory.environments-", ".MiB");
    if (points.size() < 2) {
      return;
    }
    double each = measured.get("memory.perEnvironmentMiB").orElseThrow();
    double base = measured.get("memory.withoutEnvironmentsMiB").orElseThrow();
    double[] x = points.keySet().stream().mapToDouble(Integer::doubleValue).toArray();
    double[] fitted = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      fitted[i] = base + each * x[i];
    }
    String reference = String.format(Locale.ROOT, "%.2f MiB each", each);
    plots.add(
        new Plot(
            "growth",
            "Memory of all roles against environments",
            "environments",
            "MiB",
            Plot.Scale.LINEAR,
            List.of(
                new Curve("measured", x, array(points.values())), new Curve(reference, x, fitted)),
            List.of(reference)));
  }

  private static double[] array(java.util.Collection<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).toArray();
  }
}
