package io.dynadiff.console.state;

import io.dynadiff.schemas.avro.Adaptation;
import io.dynadiff.schemas.avro.Decision;
import io.dynadiff.schemas.avro.ExpertWeights;
import io.dynadiff.schemas.avro.FieldFrame;
import io.dynadiff.schemas.avro.Forecast;
import io.dynadiff.schemas.avro.ForecastScore;
import io.dynadiff.schemas.avro.LeadScore;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

/**
 * What is remembered of one environment. Safe for use by many threads.
 *
 * <p>Topics are read side by side, so records of a run may come before or after those of the next
 * one on another topic. The first record of a run that was not seen yet begins it; what comes later
 * of runs before it is passed over, except decisions and weights, which belong to all runs.
 */
final class Environment {

  /** Scores behind the means by lead. */
  private static final int LEAD_WINDOW = 50;

  private static final int FINISHED_RUNS = 64;
  private static final int KNOWN_LIMIT = 64;

  private final String id;
  private final Limits limits;
  private final FieldHistory history = new FieldHistory();
  private final Ring<ScorePoint> scores;
  private final LeadMeans leads = new LeadMeans(LEAD_WINDOW);
  private final Ring<DecisionEvent> decisions;
  private final TreeMap<Long, ExpertOrigin> experts = new TreeMap<>();
  private final ArrayDeque<EnvironmentDetail.KnownConditions> known = new ArrayDeque<>();
  private final Set<String> finishedRuns = new HashSet<>();
  private final RateMeter rate;
  private String system = "";
  private String runId = "";
  private Form form;
  private Status status = Status.BASE;
  private long sequence = -1;
  private long eventTimeMs;
  private long forecastSequence = -1;
  private long version;
  private double error = Double.NaN;
  private double persistence = Double.NaN;
  private long rejected;
  private long swaps;
  private long lastFrameAtMs;
  private long expertChanges;
  private long lookedAtMs;
  private volatile long revision;

  Environment(String id, Limits limits, long nowMillis) {
    this.id = id;
    this.limits = limits;
    this.scores = new Ring<>(limits.scores());
    this.decisions = new Ring<>(limits.decisions());
    this.rate = new RateMeter(nowMillis);
  }

  synchronized void frame(FieldFrame frame, long nowMillis) {
    if (!isOfNewestRun(frame.getRunId())) {
      return;
    }
    system = frame.getSystem();
    form = Form.of(frame);
    rate.mark(nowMillis);
    lastFrameAtMs = nowMillis;
    if (frame.getSequence() > sequence) {
      sequence = frame.getSequence();
      eventTimeMs = frame.getEventTime().toEpochMilli();
    }
    List<Condition> conditions = Condition.of(frame.getConditions());
    if (!conditions.isEmpty()
        && (known.isEmpty() || !known.getLast().conditions().equals(conditions))) {
      known.addLast(new EnvironmentDetail.KnownConditions(frame.getSequence(), conditions));
      if (known.size() > KNOWN_LIMIT) {
        known.removeFirst();
      }
    }
    history.frame(frame);
  }

  synchronized void forecast(Forecast forecast) {
    if (!isOfNewestRun(forecast.getRunId())) {
      return;
    }
    system = forecast.getSystem();
    forecastSequence = Math.max(forecastSequence, forecast.getIssueSequence());
    version = forecast.getWeightsVersion();
    if (status == Status.BASE && version > 0) {
      status = Status.ADAPTED;
    }
    history.forecast(forecast);
  }

  synchronized void score(ForecastScore score) {
    if (!isOfNewestRun(score.getRunId()) || score.getLeads().isEmpty()) {
      return;
    }
    leads.add(score);
    LeadScore first = score.getLeads().get(0);
    error = first.getNormalisedRmse();
    persistence = first.getPersistenceNormalisedRmse();
    scores.add(
        new ScorePoint(
            score.getSequence(),
            score.getEventTime().toEpochMilli(),
            first.getWeightsVersion(),
            error,
            persistence,
            first.getRetiredNormalisedRmse() == null
                ? Double.NaN
                : first.getRetiredNormalisedRmse(),
            mean(score.getLeads(), LeadScore::getNormalisedRmse),
            mean(score.getLeads(), LeadScore::getPersistenceNormalisedRmse)));
  }

  synchronized void decision(Adaptation decision) {
    system = decision.getSystem();
    String kind = decision.getDecision().name();
    decisions.add(
        new DecisionEvent(
            decision.getRunId(),
            decision.getSequence(),
            kind,
            decision.getReason(),
            decision.getWeightsVersion(),
            decision.getIncumbentVersion(),
            new TreeMap<>(decision.getNumbers()),
            decision.getDecidedAt().toEpochMilli()));
    if (decision.getDecision() == Decision.ACCEPTED) {
      swaps++;
    }
    status = after(decision.getDecision());
  }

  private Status after(Decision decision) {
    Status settled = version > 0 ? Status.ADAPTED : Status.BASE;
    return switch (decision) {
      case KEPT_INCUMBENT, RELEASED, THAWED -> settled;
      case REFUSED -> status == Status.GENERATING ? settled : status;
      default -> status.after(decision.name());
    };
  }

  synchronized void weights(ExpertWeights record) {
    system = record.getSystem();
    experts.put(record.getWeightsVersion(), ExpertOrigin.of(record));
    expertChanges++;
    if (experts.size() > limits.experts()) {
      // The one in use stays, however many others have come since.
      experts.remove(
          experts.firstKey() == version ? experts.higherKey(version) : experts.firstKey());
    }
  }

  synchronized void rejected() {
    rejected++;
  }

  private boolean isOfNewestRun(String record) {
    if (record.equals(runId)) {
      return true;
    }
    if (finishedRuns.contains(record)) {
      return false;
    }
    if (!runId.isEmpty() && finishedRuns.size() < FINISHED_RUNS) {
      finishedRuns.add(runId);
    }
    runId = record;
    history.clear();
    scores.clear();
    leads.clear();
    known.clear();
    sequence = -1;
    forecastSequence = -1;
    error = Double.NaN;
    persistence = Double.NaN;
    return true;
  }

  private static double mean(List<LeadScore> leads, ToDoubleFunction<LeadScore> error) {
    return leads.stream()
        .mapToDouble(error)
        .filter(value -> !Double.isNaN(value))
        .average()
        .orElse(Double.NaN);
  }

  void revised(long newRevision) {
    revision = newRevision;
  }

  long revision() {
    return revision;
  }

  synchronized EnvironmentRow row(long nowMillis) {
    return new EnvironmentRow(
        id,
        system,
        status,
        sequence,
        eventTimeMs,
        rate.perSecond(nowMillis),
        // The console may have read a forecast before its frame.
        forecastSequence < 0 ? 0 : Math.max(0, sequence - forecastSequence),
        version,
        error,
        persistence,
        rejected,
        swaps,
        lastFrameAtMs,
        form == null ? null : form.box(),
        revision);
  }

  synchronized EnvironmentDetail detail(EnvironmentDetail.Seen seen, long nowMillis) {
    boolean sameRun = seen.runId().equals(runId);
    return new EnvironmentDetail(
        row(nowMillis),
        runId,
        form,
        scores.since(sameRun ? seen.scores() : 0),
        scores.added(),
        decisions.since(seen.decisions()),
        decisions.added(),
        seen.experts() == expertChanges ? null : List.copyOf(experts.values()),
        expertChanges,
        List.copyOf(known),
        leads.means(),
        history.kept());
  }

  synchronized List<Float> recentErrors(int count) {
    return scores.newest(count).stream()
        .map(point -> (float) point.error())
        .filter(Float::isFinite)
        .toList();
  }

  /** Somebody looks at it: its fields are kept, as far as memory goes. */
  synchronized void lookedAt(long nowMillis) {
    lookedAtMs = nowMillis;
    history.fill();
  }

  synchronized Optional<FieldSet> fields(boolean verified) {
    return history.fields(verified);
  }

  synchronized Optional<FieldFrame> newestFrame() {
    return history.newestFrame();
  }

  synchronized long fieldBytes() {
    return history.bytes();
  }

  synchronized boolean thinned() {
    return history.thinned();
  }

  synchronized long lookedAtMs() {
    return lookedAtMs;
  }

  synchronized void thin() {
    history.thin();
  }
}
