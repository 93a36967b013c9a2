package io.dynadiff.models.expert;

import ai.djl.ndarray.NDArray;
import io.dynadiff.models.json.CanonicalJson;
import io.dynadiff.models.nn.Scalars;
import io.dynadiff.physics.field.FieldShape;
import java.util.Collections;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Architecture of an expert: a small network that steps one environment forward by one frame
 * interval on normalised fields.
 *
 * <p>The specification fixes the meaning and the order of every weight (see {@link #layout()}), so
 * a flat array of {@link #parameterCount()} numbers is a complete expert. Immutable.
 *
 * @param architecture name of the family, see {@link ExpertArchitecture}
 * @param fieldShape shape of the field, axes [channel, y, x]
 * @param intervalMillis event time of one step, in milliseconds, positive
 * @param prediction whether the network gives the change or the next state
 * @param residualScale standard deviation of one-step differences of normalised fields, positive;
 *     exactly 1 where the prediction is direct
 * @param coordinates what is appended to the input channels
 * @param clockPeriodMillis period of an external cycle such as the day, in milliseconds; its sine
 *     and cosine at the frame's event time become two input channels; 0 for none
 * @param sizes the family's own numbers by name, each an integer the family checks
 */
public record ExpertSpec(
    String architecture,
    FieldShape fieldShape,
    long intervalMillis,
    Prediction prediction,
    double residualScale,
    Coordinates coordinates,
    long clockPeriodMillis,
    SortedMap<String, Integer> sizes) {

  /**
   * Checks all values, the family's own included.
   *
   * @throws IllegalArgumentException if a value is missing or impossible
   */
  // Not the compact form: the family can check a specification only once its fields are set.
  public ExpertSpec(
      String architecture,
      FieldShape fieldShape,
      long intervalMillis,
      Prediction prediction,
      double residualScale,
      Coordinates coordinates,
      long clockPeriodMillis,
      SortedMap<String, Integer> sizes) {
    require(architecture != null, "the name of an architecture", "none");
    require(fieldShape != null, "a field shape", "none");
    require(intervalMillis >= 1, "intervalMillis of at least 1", intervalMillis);
    require(prediction != null, "a prediction, RESIDUAL or DIRECT,", "none");
    require(
        residualScale > 0 && Double.isFinite(residualScale),
        "a positive residualScale",
        residualScale);
    require(
        prediction != Prediction.DIRECT || residualScale == 1,
        "a residualScale of 1 with direct prediction",
        residualScale);
    require(coordinates != null, "coordinates, NONE, LINEAR or CYCLIC,", "none");
    require(clockPeriodMillis >= 0, "clockPeriodMillis of at least 0", clockPeriodMillis);
    require(sizes != null && !sizes.containsValue(null), "a number for each of the sizes", sizes);
    this.architecture = architecture;
    this.fieldShape = fieldShape;
    this.intervalMillis = intervalMillis;
    this.prediction = prediction;
    this.residualScale = residualScale;
    this.coordinates = coordinates;
    this.clockPeriodMillis = clockPeriodMillis;
    this.sizes = Collections.unmodifiableSortedMap(new TreeMap<>(sizes));
    ExpertArchitecture.named(architecture).validate(this);
  }

  private static void require(boolean holds, String expected, Object found) {
    if (!holds) {
      throw new IllegalArgumentException("expert: expected " + expected + ", found " + found);
    }
  }

  /**
   * One of the family's own numbers.
   *
   * @throws IllegalArgumentException if the family has none of that name
   */
  public int size(String name) {
    Integer size = sizes.get(name);
    require(size != null, "a size named \"" + name + "\"", sizes.keySet());
    return size;
  }

  /**
   * For families that check their sizes: these names and no others, each at least 1.
   *
   * @throws IllegalArgumentException if a size is missing, unknown or below 1
   */
  public void requireSizes(Set<String> names) {
    require(
        sizes.keySet().equals(names),
        "the sizes " + new java.util.TreeSet<>(names) + " for " + architecture,
        sizes.keySet());
    sizes.forEach((name, size) -> require(size >= 1, "a size " + name + " of at least 1", size));
  }

  /** The family of networks. */
  public ExpertArchitecture family() {
    return ExpertArchitecture.named(architecture);
  }

  /** The weight graph: which weight stands where in the flat array. */
  public WeightLayout layout() {
    return family().layout(this);
  }

  /** Length of the flat weight array. */
  public int parameterCount() {
    return layout().parameterCount();
  }

  /**
   * What the network should give where one step leads from one normalised value to another: the
   * inverse of {@link #next}.
   */
  public double target(double from, double to) {
    return prediction == Prediction.DIRECT ? to : (to - from) / residualScale;
  }

  /**
   * The next normalised state.
   *
   * @param state normalised fields
   * @param output what {@link ExpertNetwork#change} gives for them, same axes
   */
  public NDArray next(NDArray state, NDArray output) {
    return prediction == Prediction.DIRECT
        ? output
        : state.add(Scalars.scale(output, residualScale));
  }

  /** Canonical JSON: equal specifications give equal text. */
  public String toJson() {
    return CanonicalJson.write(this);
  }

  /**
   * Reads {@link #toJson()}.
   *
   * @throws IllegalArgumentException if the text is not JSON, or has a missing, unknown or
   *     impossible value
   */
  public static ExpertSpec fromJson(String json) {
    return CanonicalJson.read(json, ExpertSpec.class, "expert specification");
  }
}
