package io.dynadiff.streams.admit;

import io.dynadiff.physics.environments.SystemForm;
import io.dynadiff.physics.field.FieldShape;
import io.dynadiff.schemas.avro.Channel;
import io.dynadiff.schemas.avro.FieldFrame;
import io.dynadiff.schemas.avro.FieldGrid;
import io.dynadiff.schemas.tensor.TensorCodec;
import io.dynadiff.streams.systems.ServedSystem;
import io.dynadiff.streams.systems.ServedSystems;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The rules that a frame can break by itself, whatever came before it. Thread-safe. */
public final class FrameRules {

  /** Leaves room for arithmetic on sequences; a feed of 1000 frames a second lasts for ages. */
  static final long MAXIMUM_SEQUENCE = 1L << 53;

  /** Ids, names and units go into every record that follows from the frame. */
  static final int LONGEST_TEXT = 256;

  static final int MOST_AXES = 8;

  private final ServedSystems systems;
  private final Map<String, String> expectations;

  public FrameRules(ServedSystems systems) {
    this.systems = systems;
    this.expectations =
        systems.all().stream()
            .collect(Collectors.toUnmodifiableMap(ServedSystem::system, FrameRules::expectation));
  }

  /** Checks a frame that came under a record key; empty if it may be put in order. */
  public Optional<Rejection> check(String key, FieldFrame frame) {
    Optional<Rejection> oversized = checkTexts(frame);
    if (oversized.isPresent()) {
      return oversized;
    }
    if (!frame.getEnvironmentId().equals(key)) {
      return reject(
          RejectionReason.KEY_MISMATCH,
          "expected the record key to be environmentId \""
              + frame.getEnvironmentId()
              + "\", found "
              + (key == null ? "none" : "\"" + key + "\""));
    }
    Optional<ServedSystem> served = systems.find(frame.getSystem());
    if (served.isEmpty()) {
      return reject(
          RejectionReason.UNKNOWN_SYSTEM,
          "expected one of " + systems.names() + ", found \"" + frame.getSystem() + "\"");
    }
    if (frame.getSequence() < 0 || frame.getSequence() > MAXIMUM_SEQUENCE) {
      return reject(
          RejectionReason.BAD_SEQUENCE,
          "expected a sequence in 0.." + MAXIMUM_SEQUENCE + ", found " + frame.getSequence());
    }
    return checkField(frame, served.get());
  }

  private static Optional<Rejection> checkTexts(FieldFrame frame) {
    Optional<Rejection> found =
        checkText("environmentId", frame.getEnvironmentId())
            .or(() -> checkText("runId", frame.getRunId()))
            .or(() -> checkText("system", frame.getSystem()));
    for (Channel channel : frame.getChannels()) {
      found =
          found
              .or(() -> checkText("a channel's name", channel.getName()))
              .or(() -> checkText("a channel's unit", channel.getUnit()));
    }
    return found;
  }

  private static Optional<Rejection> checkText(String what, String text) {
    return text.length() <= LONGEST_TEXT
        ? Optional.empty()
        : reject(
            RejectionReason.TOO_LARGE,
            "expected "
                + what
                + " of at most "
                + LONGEST_TEXT
                + " characters, found "
                + text.length());
  }

  private Optional<Rejection> checkField(FieldFrame frame, ServedSystem served) {
    int axes = frame.getField().getShape().size();
    if (axes > MOST_AXES) {
      return reject(
          RejectionReason.SHAPE_MISMATCH,
          "expected a tensor of at most " + MOST_AXES + " axes, found " + axes);
    }
    float[] values;
    int[] found;
    try {
      found = TensorCodec.shape(frame.getField());
      values = TensorCodec.decode(frame.getField());
    } catch (IllegalArgumentException e) {
      return reject(RejectionReason.SHAPE_MISMATCH, e.getMessage());
    }
    FieldGrid grid = frame.getGrid();
    int[] own = {frame.getChannels().size(), grid.getHeight(), grid.getWidth()};
    if (!Arrays.equals(found, own)) {
      return reject(
          RejectionReason.SHAPE_MISMATCH,
          "expected the tensor to be "
              + Arrays.toString(own)
              + " like the frame's channels and grid, found "
              + Arrays.toString(found));
    }
    FieldShape shape = served.shape();
    int[] expected = {shape.channels(), shape.height(), shape.width()};
    if (!Arrays.equals(found, expected) || frame.getIntervalMs() != served.intervalMillis()) {
      return reject(
          RejectionReason.OTHER_FORM,
          expectations.get(served.system())
              + ", found "
              + Arrays.toString(found)
              + " every "
              + frame.getIntervalMs()
              + " ms");
    }
    List<String> names = frame.getChannels().stream().map(Channel::getName).toList();
    if (!served.channels().isEmpty() && !names.equals(served.channels())) {
      return reject(
          RejectionReason.OTHER_FORM,
          "expected the channels that the bundle of "
              + served.system()
              + " was trained on, "
              + served.channels()
              + " in this order, found "
              + names);
    }
    for (int i = 0; i < values.length; i++) {
      if (!Float.isFinite(values[i])) {
        return reject(
            RejectionReason.NON_FINITE,
            "expected finite values, found "
                + values[i]
                + " at channel "
                + i / shape.points()
                + ", y "
                + i % shape.points() / shape.width()
                + ", x "
                + i % shape.width());
      }
    }
    return Optional.empty();
  }

  /**
   * Says what a bundle expects and how to get it. Nothing is strided or resampled here: every
   * admitted frame is forecast and scored under its own sequence and on its own grid.
   */
  private static String expectation(ServedSystem served) {
    FieldShape shape = served.shape();
    return "expected what the bundle of "
        + served.system()
        + " was trained on, [channel, y, x] = "
        + List.of(shape.channels(), shape.height(), shape.width())
        + " every "
        + served.intervalMillis()
        + " ms"
        + SystemForm.matching(served.system(), shape, served.intervalMillis())
            .map(
                form ->
                    " (dynadiff simulate "
                        + served.system()
                        + " --form "
                        + form.name()
                        + " publishes it)")
            .orElse("");
  }

  private static Optional<Rejection> reject(RejectionReason reason, String detail) {
    return Optional.of(new Rejection(reason, detail));
  }
}
