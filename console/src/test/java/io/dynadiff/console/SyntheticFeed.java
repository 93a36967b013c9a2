package io.dynadiff.console;

import io.dynadiff.console.state.ConsoleState;
import io.dynadiff.schemas.avro.Adaptation;
import io.dynadiff.schemas.avro.Channel;
import io.dynadiff.schemas.avro.Condition;
import io.dynadiff.schemas.avro.Coordinates;
import io.dynadiff.schemas.avro.DType;
import io.dynadiff.schemas.avro.Decision;
import io.dynadiff.schemas.avro.ExpertWeights;
import io.dynadiff.schemas.avro.FieldFrame;
import io.dynadiff.schemas.avro.FieldGrid;
import io.dynadiff.schemas.avro.Forecast;
import io.dynadiff.schemas.avro.ForecastScore;
import io.dynadiff.schemas.avro.LeadScore;
import io.dynadiff.schemas.avro.Normalisation;
import io.dynadiff.schemas.avro.RequestReason;
import io.dynadiff.schemas.avro.SamplerSettings;
import io.dynadiff.schemas.avro.Tensor;
import io.dynadiff.schemas.tensor.TensorCodec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Records of an environment as roles would write them, made up by formula: a wave that travels over
 * a small grid, forecasts that are wrong by a known field, one shift.
 */
public final class SyntheticFeed {

  public static final String RUN = "run-1";
  public static final int SIDE = 16;
  public static final int LEADS = 6;
  public static final long INTERVAL_MS = 200;
  private static final int SHIFT_AT = 60;
  private static final int SWAP_AT = 72;

  private final String environmentId;
  private final FieldGrid grid;
  private final List<Channel> channels;
  private final boolean ensemble;
  private final Map<Long, Tensor> drawn = new HashMap<>();
  private long period = Long.MAX_VALUE;
  private long sequence;

  private SyntheticFeed(
      String environmentId, FieldGrid grid, List<Channel> channels, boolean ensemble) {
    this.environmentId = environmentId;
    this.grid = grid;
    this.channels = channels;
    this.ensemble = ensemble;
  }

  /** Two channels on a periodic plane. */
  public static SyntheticFeed plane(String environmentId) {
    return new SyntheticFeed(
        environmentId,
        new FieldGrid(SIDE, SIDE, 0.0, 0.0, 1.0, 1.0, "1", Coordinates.PLANE, true),
        List.of(new Channel("u", "1"), new Channel("v", "1")),
        true);
  }

  /** One temperature on a tile of the globe whose rows run northwards. */
  public static SyntheticFeed tile(String environmentId, double south, double west) {
    return new SyntheticFeed(
        environmentId,
        new FieldGrid(
            SIDE, SIDE, south, west, 0.25, 0.25, "degrees", Coordinates.LATITUDE_LONGITUDE, false),
        List.of(new Channel("2m_temperature", "K")),
        false);
  }

  /** Fields come again after so many frames, and cost nothing then: for feeds that are a load. */
  public SyntheticFeed repeatingAfter(long frames) {
    period = frames;
    return this;
  }

  public String environmentId() {
    return environmentId;
  }

  /** Hands over what one interval brings: a frame, its score, its forecast, and any decisions. */
  public void advance(ConsoleState state) {
    state.frame(frame(sequence));
    if (sequence > 0) {
      state.score(score(sequence));
    }
    if (sequence == 9) {
      state.decision(decision(Decision.REQUESTED, 1L, "the first window is full"));
      state.weights(weights(1, RequestReason.FIRST_WINDOW, 1.104));
      state.decision(decision(Decision.GENERATED, 1L, "16 candidates, the best one scored 0.0061"));
      state.decision(
          decision(Decision.ACCEPTED, 1L, "0.0061 on the latest window, the incumbent 0.0291"));
    } else if (sequence == SHIFT_AT + 4) {
      state.decision(
          decision(
              Decision.SHIFT_DETECTED,
              null,
              "errors rose to 5.2 times what v1 usually achieves, since frame " + SHIFT_AT));
      state.decision(
          decision(Decision.REQUESTED, 2L, "a shift was detected and the window is full"));
    } else if (sequence == SWAP_AT) {
      state.weights(weights(2, RequestReason.SHIFT, 1.392));
      state.decision(decision(Decision.GENERATED, 2L, "16 candidates, the best one scored 0.0069"));
      state.decision(
          decision(Decision.ACCEPTED, 2L, "0.0069 on the latest window, the incumbent 0.0484"));
    }
    state.forecast(forecast(sequence));
    sequence++;
  }

  public FieldFrame frame(long at) {
    return FieldFrame.newBuilder()
        .setRunId(RUN)
        .setSystem(system())
        .setEnvironmentId(environmentId)
        .setSequence(at)
        .setEventTime(Instant.ofEpochMilli(at * INTERVAL_MS))
        .setIntervalMs(INTERVAL_MS)
        .setGrid(grid)
        .setChannels(channels)
        .setField(
            drawn.computeIfAbsent(
                at % period,
                phase ->
                    TensorCodec.encode(truth(phase), DType.FLOAT32, channels.size(), SIDE, SIDE)))
        .setConditions(List.of(new Condition("beta", beta(at), "1")))
        .build();
  }

  private static double beta(long at) {
    return at < SHIFT_AT ? 1.1 : 1.4;
  }

  private String system() {
    return environmentId.substring(0, Math.max(0, environmentId.lastIndexOf('/')));
  }

  /** The field of a frame, axes [channel, y, x]. */
  public float[] truth(long at) {
    float[] values = new float[channels.size() * SIDE * SIDE];
    double phase = environmentId.hashCode() % 100 * 0.1;
    int i = 0;
    for (int channel = 0; channel < channels.size(); channel++) {
      for (int y = 0; y < SIDE; y++) {
        for (int x = 0; x < SIDE; x++) {
          double dx = x - 8 - 3 * Math.cos(0.05 * at + phase);
          double dy = y - 8 - 3 * Math.sin(0.05 * at + phase);
          double angle = Math.atan2(dy, dx) + 0.45 * Math.hypot(dx, dy) - 0.2 * at;
          double wave = channel == 0 ? Math.cos(angle) : Math.sin(angle);
          values[i++] = (float) (channels.size() == 1 ? 283.15 + 4 * wave - 0.3 * y : 0.8 * wave);
        }
      }
    }
    return values;
  }

  /** How wrong the forecast of one point is. */
  public float wrong(int lead, int y, int x, long version, long at) {
    double size = (version == 0 ? 0.08 : at > SHIFT_AT && version == 1 ? 0.1 : 0.02) * lead;
    double unit = channels.size() == 1 ? 4 : 0.8;
    return (float) (unit * size * Math.sin(0.6 * x + 0.3 * lead) * Math.cos(0.5 * y));
  }

  private long version(long at) {
    return at < 9 ? 0 : at < SWAP_AT ? 1 : 2;
  }

  /** The forecast from a frame. */
  public Forecast forecast(long issue) {
    long version = version(issue);
    List<Integer> leads = IntStream.rangeClosed(1, LEADS).boxed().toList();
    // Negative keys, since the others are frames'.
    Tensor mean =
        drawn.computeIfAbsent(-1 - 2 * (issue % period), key -> mean(issue % period, version));
    Tensor spread = drawn.computeIfAbsent(-2 - 2 * (issue % period), key -> spread());
    if (period == Long.MAX_VALUE) {
      drawn.clear();
    }
    return Forecast.newBuilder()
        .setRunId(RUN)
        .setSystem(system())
        .setEnvironmentId(environmentId)
        .setIssueSequence(issue)
        .setIssueTime(Instant.ofEpochMilli(issue * INTERVAL_MS))
        .setIntervalMs(INTERVAL_MS)
        .setLeadSteps(leads)
        .setWeightsVersion(version)
        .setWeightsId("ab12".repeat(16))
        .setBundleId("bundle-1")
        .setGrid(grid)
        .setChannels(channels)
        .setMembers(ensemble ? 8 : 1)
        .setMean(mean)
        .setSpread(ensemble ? spread : null)
        .setSpreadFactors(List.of())
        .setMemberFields(null)
        .setRetired(null)
        .setFrameIngestedAt(Instant.ofEpochMilli(1_000_000))
        .setProducedAt(Instant.ofEpochMilli(1_000_038))
        .build();
  }

  private Tensor mean(long issue, long version) {
    int frameSize = channels.size() * SIDE * SIDE;
    float[] mean = new float[LEADS * frameSize];
    for (int lead = 1; lead <= LEADS; lead++) {
      float[] truth = truth(issue + lead);
      for (int i = 0; i < frameSize; i++) {
        mean[(lead - 1) * frameSize + i] =
            truth[i] + wrong(lead, i / SIDE % SIDE, i % SIDE, version, issue);
      }
    }
    return TensorCodec.encode(mean, DType.FLOAT32, LEADS, channels.size(), SIDE, SIDE);
  }

  private Tensor spread() {
    int frameSize = channels.size() * SIDE * SIDE;
    float[] spread = new float[LEADS * frameSize];
    for (int i = 0; i < spread.length; i++) {
      double shape = 1.2 + Math.sin(0.4 * (i % SIDE)) * Math.cos(0.4 * (i / SIDE % SIDE));
      spread[i] = (float) (0.004 * (i / frameSize + 1) * shape);
    }
    return TensorCodec.encode(spread, DType.FLOAT32, LEADS, channels.size(), SIDE, SIDE);
  }

  public ForecastScore score(long at) {
    List<LeadScore> leads = new ArrayList<>();
    for (int lead = 1; lead <= Math.min(LEADS, at); lead++) {
      long version = version(at - lead);
      double level = version == 0 ? 0.03 : at > SHIFT_AT + lead && version == 1 ? 0.045 : 0.006;
      double error = level * (0.6 + 0.4 * lead) * (1 + 0.15 * Math.sin(at * 1.7));
      double persistence = 0.21 * Math.sqrt(lead) * (1 + 0.05 * Math.cos(at * 0.9));
      boolean onTrial = version == 2 && at < SWAP_AT + 40;
      leads.add(
          LeadScore.newBuilder()
              .setLeadSteps(lead)
              .setIssueSequence(at - lead)
              .setWeightsVersion(version)
              .setRmse(List.of(error))
              .setNormalisedRmse(error)
              .setBias(List.of(0.0))
              .setSsim(1 - error)
              .setCrps(error * 0.6)
              .setSpread(ensemble ? error * 0.9 : null)
              .setSpreadFactor(ensemble ? 1.0 : null)
              .setSpreadSkill(ensemble ? 0.95 : null)
              .setPersistenceNormalisedRmse(persistence)
              .setSkill(1 - error / persistence)
              .setRetiredWeightsVersion(onTrial ? 1L : null)
              .setRetiredNormalisedRmse(onTrial ? 0.045 * (1 + 0.1 * Math.sin(at)) : null)
              .build());
    }
    return ForecastScore.newBuilder()
        .setRunId(RUN)
        .setSystem(system())
        .setEnvironmentId(environmentId)
        .setSequence(at)
        .setEventTime(Instant.ofEpochMilli(at * INTERVAL_MS))
        .setBundleId("bundle-1")
        .setLeads(leads)
        .setScoredAt(Instant.ofEpochMilli(1_000_100))
        .build();
  }

  public Adaptation decision(Decision kind, Long version, String reason) {
    return Adaptation.newBuilder()
        .setRunId(RUN)
        .setSystem(system())
        .setEnvironmentId(environmentId)
        .setSequence(sequence)
        .setDecision(kind)
        .setReason(reason)
        .setWeightsVersion(version)
        .setIncumbentVersion(version == null ? null : version - 1)
        .setNumbers(Map.of("challengerScore", 0.0061, "incumbentScore", 0.0291))
        .setDecidedAt(Instant.now())
        .build();
  }

  public ExpertWeights weights(long version, RequestReason reason, double inferredBeta) {
    List<Double> candidates = new ArrayList<>();
    for (int i = 0; i < 16; i++) {
      candidates.add(0.0061 + 0.00035 * i * (1 + 0.3 * Math.sin(i)));
    }
    return ExpertWeights.newBuilder()
        .setRunId(RUN)
        .setSystem(system())
        .setEnvironmentId(environmentId)
        .setWeightsVersion(version)
        .setWeightsId("ab12".repeat(16))
        .setBundleId("lambda-omega-e7efcfa95bde")
        .setExpertSpec("{\"family\":\"fno\"}")
        .setWeights(TensorCodec.encode(new float[1200], DType.FLOAT32, 1200))
        .setMembers(List.of())
        .setNormalisation(new Normalisation(List.of(0.0, 0.0), List.of(1.0, 1.0)))
        .setReason(reason)
        .setFirstSequence(Math.max(0, sequence - 9))
        .setLastSequence(sequence)
        .setInferredConditions(List.of(new Condition("beta", inferredBeta, "1")))
        .setWindowScore(0.0061)
        .setCandidateScores(candidates)
        .setSampler(new SamplerSettings("dpm-solver++2m", 10, 1.0, 16, 8_112_345_678_901_234_567L))
        .setTimingsMs(
            Map.of("prompt", 3.0, "sampling", 412.0, "decoding", 96.0, "selection", 210.0))
        .setWindowCompletedAt(Instant.now())
        .setGeneratedAt(Instant.now())
        .build();
  }
}
