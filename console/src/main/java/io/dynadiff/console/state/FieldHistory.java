package io.dynadiff.console.state;

import io.dynadiff.schemas.avro.FieldFrame;
import io.dynadiff.schemas.avro.Forecast;
import io.dynadiff.schemas.avro.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The fields of one environment that a picture of it needs: three forecasts at most, and the frames
 * from the oldest of them on. One thread at a time.
 *
 * <pre>
 *   frames     . . . . . . . . . . . . . . .
 *   verified   |--leads--|                        the latest that has come true in full
 *   candidate              |--leads--|            becomes it as soon as its last lead is there
 *   newest                               |--leads--|
 * </pre>
 */
final class FieldHistory {

  /** Frames kept at most, whatever the leads are. */
  private static final int FRAME_LIMIT = 256;

  private final TreeMap<Long, FieldFrame> frames = new TreeMap<>();
  private Forecast verified;
  private Forecast candidate;
  private Forecast newest;
  private boolean thinned;
  private long bytes;

  void frame(FieldFrame frame) {
    FieldFrame before = frames.put(frame.getSequence(), frame);
    bytes += size(frame.getField()) - (before == null ? 0 : size(before.getField()));
    if (candidate != null && frame.getSequence() >= lastSequence(candidate)) {
      replaceVerified();
    }
    forgetFrames();
  }

  void forecast(Forecast forecast) {
    if (newest != null && newest.getIssueSequence() >= forecast.getIssueSequence()) {
      return;
    }
    drop(newest);
    newest = forecast;
    bytes += size(newest);
    if (candidate == null && !thinned) {
      candidate = newest;
    }
    forgetFrames();
  }

  private void replaceVerified() {
    Forecast old = verified;
    verified = candidate;
    candidate = newest == verified ? null : newest;
    drop(old);
  }

  /** No longer counts a forecast that no place holds any more. */
  private void drop(Forecast forecast) {
    if (forecast != null && forecast != candidate && forecast != verified) {
      bytes -= size(forecast);
    }
  }

  private void forgetFrames() {
    long oldest = Long.MAX_VALUE;
    for (Forecast forecast : new Forecast[] {verified, candidate, newest}) {
      oldest = forecast == null ? oldest : Math.min(oldest, forecast.getIssueSequence());
    }
    // Frames arrive before their forecast does.
    while (frames.size() > FRAME_LIMIT
        || frames.size() > 1
            && (thinned || frames.firstKey() < oldest && oldest < Long.MAX_VALUE)) {
      bytes -= size(frames.pollFirstEntry().getValue().getField());
    }
  }

  /** Bytes of all fields that are kept. */
  long bytes() {
    return bytes;
  }

  boolean thinned() {
    return thinned;
  }

  /** Keeps the newest frame only, from now on. */
  void thin() {
    thinned = true;
    verified = null;
    candidate = null;
    newest = null;
    forgetFrames();
    bytes = frames.values().stream().mapToLong(frame -> size(frame.getField())).sum();
  }

  /** Keeps all that a picture needs, from now on. */
  void fill() {
    thinned = false;
  }

  void clear() {
    frames.clear();
    verified = null;
    candidate = null;
    newest = null;
    bytes = 0;
  }

  EnvironmentDetail.KeptFields kept() {
    return new EnvironmentDetail.KeptFields(
        frames.isEmpty() ? -1 : frames.lastKey(), issue(newest), issue(verified), thinned);
  }

  Optional<FieldFrame> newestFrame() {
    return Optional.ofNullable(frames.lastEntry()).map(Map.Entry::getValue);
  }

  /** The latest forecast that has come true in full, or the newest one. */
  Optional<FieldSet> fields(boolean verifiedOnly) {
    Forecast forecast = verifiedOnly ? verified : newest;
    if (forecast == null || frames.isEmpty()) {
      return Optional.empty();
    }
    List<Tensor> truths = new ArrayList<>();
    for (int lead : forecast.getLeadSteps()) {
      truths.add(field(forecast.getIssueSequence() + lead));
    }
    return Optional.of(
        new FieldSet(
            Form.of(frames.lastEntry().getValue()),
            forecast.getRunId(),
            forecast.getIssueSequence(),
            forecast.getIssueTime().toEpochMilli(),
            forecast.getIntervalMs(),
            List.copyOf(forecast.getLeadSteps()),
            forecast.getWeightsVersion(),
            forecast.getWeightsId(),
            forecast.getMembers(),
            forecast.getMean(),
            forecast.getSpread(),
            field(forecast.getIssueSequence()),
            truths));
  }

  private Tensor field(long sequence) {
    FieldFrame frame = frames.get(sequence);
    return frame == null ? null : frame.getField();
  }

  private static long issue(Forecast forecast) {
    return forecast == null ? -1 : forecast.getIssueSequence();
  }

  private static long lastSequence(Forecast forecast) {
    return forecast.getIssueSequence()
        + forecast.getLeadSteps().stream().mapToInt(Integer::intValue).max().orElse(0);
  }

  private static long size(Forecast forecast) {
    return size(forecast.getMean())
        + (forecast.getSpread() == null ? 0 : size(forecast.getSpread()));
  }

  private static long size(Tensor tensor) {
    return tensor.getData().remaining();
  }
}
