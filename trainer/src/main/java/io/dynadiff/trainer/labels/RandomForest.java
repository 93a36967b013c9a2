package io.dynadiff.trainer.labels;

import java.util.Arrays;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.IntStream;
import org.tribuo.Example;
import org.tribuo.Model;
import org.tribuo.MutableDataset;
import org.tribuo.common.tree.RandomForestTrainer;
import org.tribuo.ensemble.BaggingTrainer;
import org.tribuo.impl.ArrayExample;
import org.tribuo.provenance.SimpleDataSourceProvenance;
import org.tribuo.regression.RegressionFactory;
import org.tribuo.regression.Regressor;
import org.tribuo.regression.ensemble.AveragingCombiner;
import org.tribuo.regression.rtree.CARTRegressionTrainer;
import org.tribuo.regression.rtree.impurity.MeanSquaredError;

/**
 * Random forest regression of several numbers from many (paper appendix H.6), by Oracle's Tribuo.
 * Safe to share between threads once fitted.
 *
 * <p>Trees see each input as the number of the {@value #BINS} equally filled intervals of the
 * fitted inputs that it falls into: the library tries every value as a split, each at the cost of
 * all examples.
 */
public final class RandomForest {

  /** Held so that the level lasts: the library tells of every tree. */
  private static final Logger TREES = Logger.getLogger(BaggingTrainer.class.getName());

  static {
    TREES.setLevel(Level.WARNING);
  }

  private static final int BINS = 64;
  private static final int LEAF = 2;
  private static final float FEATURES_PER_SPLIT = 1 / 3f;

  private final Model<Regressor> model;
  private final double[][] limits;
  private final String[] inputs;
  private final String[] outputs;

  private RandomForest(
      Model<Regressor> model, double[][] limits, String[] inputs, String[] outputs) {
    this.model = model;
    this.limits = limits;
    this.inputs = inputs;
    this.outputs = outputs;
  }

  /**
   * Fits a forest; the same data and seed give the same forest.
   *
   * @param inputs at least one vector, all of one length
   * @param targets a vector for each, all of one length
   * @param trees number of trees, at least 1
   */
  public static RandomForest fit(
      List<double[]> inputs, List<double[]> targets, int trees, long seed) {
    if (inputs.isEmpty() || inputs.size() != targets.size() || trees < 1) {
      throw new IllegalArgumentException(
          "random forest: expected as many targets as inputs and at least 1 tree, found "
              + inputs.size()
              + " inputs, "
              + targets.size()
              + " targets, "
              + trees
              + " trees");
    }
    String[] inputNames = names("input", inputs.get(0).length);
    String[] outputNames = names("output", targets.get(0).length);
    double[][] limits = limits(inputs);
    RegressionFactory factory = new RegressionFactory();
    MutableDataset<Regressor> data =
        new MutableDataset<>(new SimpleDataSourceProvenance("windows", factory), factory);
    for (int i = 0; i < inputs.size(); i++) {
      data.add(
          new ArrayExample<>(
              new Regressor(outputNames, targets.get(i)),
              inputNames,
              binned(limits, inputs.get(i))));
    }
    // A third of fewer than three inputs is none: then all of them, in trees of drawn examples.
    boolean some = inputNames.length * FEATURES_PER_SPLIT >= 1;
    CARTRegressionTrainer tree =
        new CARTRegressionTrainer(
            Integer.MAX_VALUE,
            LEAF,
            0f,
            some ? FEATURES_PER_SPLIT : 1,
            new MeanSquaredError(),
            seed);
    AveragingCombiner mean = new AveragingCombiner();
    BaggingTrainer<Regressor> forest =
        some
            ? new RandomForestTrainer<>(tree, mean, trees, seed)
            : new BaggingTrainer<>(tree, mean, trees, seed);
    Model<Regressor> model = forest.train(data);
    return new RandomForest(model, limits, inputNames, outputNames);
  }

  /** Upper limits of all but the last interval of each input, axes [input, interval]. */
  private static double[][] limits(List<double[]> inputs) {
    double[][] limits = new double[inputs.get(0).length][];
    for (int k = 0; k < limits.length; k++) {
      int input = k;
      double[] sorted = inputs.stream().mapToDouble(values -> values[input]).sorted().toArray();
      limits[k] =
          IntStream.range(1, BINS)
              .mapToDouble(b -> sorted[(int) ((long) b * sorted.length / BINS)])
              .distinct()
              .toArray();
    }
    return limits;
  }

  private static double[] binned(double[][] limits, double[] input) {
    double[] bins = new double[input.length];
    for (int k = 0; k < bins.length; k++) {
      int found = Arrays.binarySearch(limits[k], input[k]);
      // From 1 on: the library takes zeros for inputs that are missing.
      bins[k] = found >= 0 ? found + 2 : -found;
    }
    return bins;
  }

  private static String[] names(String prefix, int count) {
    String[] names = new String[count];
    for (int i = 0; i < count; i++) {
      names[i] = prefix + i;
    }
    return names;
  }

  /** Predicts the targets of one input. */
  public double[] predict(double[] input) {
    if (input.length != inputs.length) {
      throw new IllegalArgumentException(
          "random forest: expected " + inputs.length + " inputs, found " + input.length);
    }
    Example<Regressor> example =
        new ArrayExample<>(
            new RegressionFactory().getUnknownOutput(), inputs, binned(limits, input));
    Regressor predicted = model.predict(example).getOutput();
    double[] values = new double[outputs.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = predicted.getDimension(outputs[i]).orElseThrow().getValue();
    }
    return values;
  }
}
