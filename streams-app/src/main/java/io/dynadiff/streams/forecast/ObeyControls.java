package io.dynadiff.streams.forecast;

import io.dynadiff.schemas.avro.ControlAction;
import io.dynadiff.schemas.avro.ControlCommand;
import io.dynadiff.schemas.avro.Decision;
import io.dynadiff.schemas.avro.FieldFrame;
import io.dynadiff.streams.decision.Decisions;
import io.dynadiff.streams.forecast.ExpertShelf.Expert;
import io.dynadiff.streams.state.ForecasterState;
import io.dynadiff.streams.systems.ServedSystem;
import io.dynadiff.streams.weights.IncomingExperts;
import java.util.Map;
import java.util.Optional;

/**
 * What a person orders about the expert in use: pin, release, roll back. An order is carried out
 * between two batches or refused, and answered on the adaptations either way. Confined to the
 * stream thread of its processor.
 */
final class ObeyControls {

  private final IncomingExperts incoming;
  private final ExpertShelf experts;
  private final JudgeTrials trials;
  private final EnsembleLimit limit;

  ObeyControls(
      IncomingExperts incoming, ExpertShelf experts, JudgeTrials trials, EnsembleLimit limit) {
    this.incoming = incoming;
    this.experts = experts;
    this.trials = trials;
    this.limit = limit;
  }

  /** Whether an order is about the expert in use; others are for the role that adapts. */
  static boolean concerns(ControlCommand command) {
    return command.getAction() != ControlAction.REGENERATE;
  }

  /** The answer to an order about an environment that no frame has come from. */
  static Object unknown(ControlCommand command, long now) {
    return new Decisions("", "", command.getEnvironmentId(), 0, now)
        .record(
            Decision.REFUSED,
            order(command) + ": expected an environment with an admitted frame, found none yet",
            command.getWeightsVersion(),
            null,
            Map.of());
  }

  /**
   * Carries an order out.
   *
   * @param state updated
   * @param served the system of the newest frame
   * @param newest the newest admitted frame
   * @return the decision
   */
  Object obey(
      ControlCommand command,
      ForecasterState state,
      ServedSystem served,
      FieldFrame newest,
      long now) {
    Decisions log =
        new Decisions(
            newest.getRunId(),
            newest.getSystem(),
            newest.getEnvironmentId(),
            newest.getSequence(),
            now);
    if (!state.getBundleId().equals(served.bundleId())) {
      return refused(command, state, log, "the system is changing; order it again after a frame");
    }
    return switch (command.getAction()) {
      case PIN -> pin(command, state, served, log);
      case RELEASE -> release(command, state, log);
      case ROLL_BACK -> rollBack(command, state, served, newest, log);
      case REGENERATE ->
          throw new IllegalArgumentException("REGENERATE does not concern the expert in use");
    };
  }

  private Object pin(
      ControlCommand command, ForecasterState state, ServedSystem served, Decisions log) {
    long incumbent = state.getActiveVersion();
    long version = command.getWeightsVersion() == null ? incumbent : command.getWeightsVersion();
    if (version != incumbent) {
      if (state.getRolledBack().contains(version)) {
        return refused(
            command, state, log, "version " + version + " was rolled back and is not taken again");
      }
      Optional<Expert> expert = find(version, log.environmentId(), state, served);
      if (expert.isEmpty()) {
        return refused(
            command,
            state,
            log,
            "expected the version in use ("
                + incumbent
                + "), the one before it ("
                + (state.getRetiredVersion() == null ? "none" : state.getRetiredVersion())
                + "), the newest valid one on the weights topic ("
                + incoming
                    .newest(log.environmentId())
                    .map(offered -> Long.toString(offered.version()))
                    .orElse("none")
                + ") or 0 for the base expert, found "
                + version);
      }
      experts.swap(log.environmentId(), state, served, expert.get(), 0);
      state.setDecidedVersion(Math.max(state.getDecidedVersion(), version));
    }
    state.setPinned(true);
    return log.record(Decision.PINNED, order(command), version, incumbent, Map.of());
  }

  private Optional<Expert> find(
      long version, String environmentId, ForecasterState state, ServedSystem served) {
    if (version == 0) {
      return Optional.of(experts.base(served));
    }
    if (state.getRetiredVersion() != null && state.getRetiredVersion() == version) {
      return Optional.of(experts.retired(environmentId, state, served));
    }
    return incoming
        .newest(environmentId)
        .filter(offered -> offered.version() == version)
        .filter(offered -> offered.bundleId().equals(served.bundleId()))
        .map(offered -> limit.expert(offered, served));
  }

  private static Object release(ControlCommand command, ForecasterState state, Decisions log) {
    if (!state.getPinned()) {
      return refused(command, state, log, "expected a pinned version, found none");
    }
    state.setPinned(false);
    return log.record(
        Decision.RELEASED,
        order(command),
        state.getActiveVersion(),
        state.getActiveVersion(),
        Map.of());
  }

  private Object rollBack(
      ControlCommand command,
      ForecasterState state,
      ServedSystem served,
      FieldFrame newest,
      Decisions log) {
    if (state.getPinned()) {
      return refused(
          command, state, log, "version " + state.getActiveVersion() + " is pinned; release it");
    }
    if (state.getRetiredVersion() == null) {
      return refused(command, state, log, "expected a version before the one in use, found none");
    }
    return trials.rollBack(
        state,
        served,
        newest,
        log.nowMillis(),
        order(command),
        Map.of("restoredVersion", (double) state.getRetiredVersion()));
  }

  private static Object refused(
      ControlCommand command, ForecasterState state, Decisions log, String reason) {
    return log.record(
        Decision.REFUSED,
        order(command) + ": " + reason,
        command.getWeightsVersion(),
        state.getActiveVersion(),
        Map.of());
  }

  private static String order(ControlCommand command) {
    return "order " + command.getCommandId() + " to " + command.getAction();
  }
}
