package io.dynadiff.models.candidates;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Which candidates are made for a request and how the best is chosen.
 *
 * @param kinds sources of candidates, at least one, each once; kept and asked in the order of
 *     {@link CandidateKind}
 * @param scoreSteps length of the rollouts over the window that candidates are scored by, at least
 *     1; cut to what the window has
 * @param polishSteps gradient steps of {@link CandidateKind#POLISHED}, at least 0
 * @param polishRate learning rate of those steps, positive where there are any
 * @param headStart how much better than the first candidate another must be on the window to go
 *     before it, as a share of the first one's score, from 0 to below 1; a short window tells good
 *     experts apart poorly, and the first is the expected one. 0 where samples come first, none of
 *     which is expected
 * @param ensemble how many of the best candidates are kept, at least 1; fewer where there are fewer
 * @param search how the inferred conditions are refined before candidates are made
 */
public record CandidateSettings(
    List<CandidateKind> kinds,
    int scoreSteps,
    int polishSteps,
    double polishRate,
    double headStart,
    int ensemble,
    ConditionSearch search) {

  public CandidateSettings {
    kinds = kinds.stream().sorted().toList();
    Objects.requireNonNull(search, "search");
    if (kinds.isEmpty() || kinds.stream().distinct().count() != kinds.size()) {
      throw new IllegalArgumentException(
          "candidates: expected at least one kind, each once, found " + kinds);
    }
    if (!(headStart >= 0 && headStart < 1)) {
      throw new IllegalArgumentException(
          "candidates: expected a headStart from 0 to below 1, found " + headStart);
    }
    if (headStart > 0 && kinds.get(0) == CandidateKind.SAMPLES) {
      throw new IllegalArgumentException(
          "candidates: expected a headStart of 0 where SAMPLES come first, as no sample is the"
              + " expected one, found "
              + headStart
              + " for "
              + kinds
              + "; set it to 0 or put REGRESSED_MEAN or INTERPOLATED first");
    }
    if (ensemble < 1) {
      throw new IllegalArgumentException(
          "candidates: expected an ensemble of at least 1, found " + ensemble);
    }
    if (scoreSteps < 1 || polishSteps < 0 || (polishSteps > 0) != (polishRate > 0)) {
      throw new IllegalArgumentException(
          "candidates: expected scoreSteps of at least 1, and polishSteps and polishRate both"
              + " positive or both 0, found "
              + scoreSteps
              + ", "
              + polishSteps
              + ", "
              + polishRate);
    }
    if (kinds.contains(CandidateKind.POLISHED) != polishSteps > 0) {
      throw new IllegalArgumentException(
          "candidates: expected polishSteps where POLISHED is among the kinds and nowhere else,"
              + " found "
              + polishSteps
              + " steps for "
              + kinds);
    }
    if (kinds.contains(CandidateKind.SAMPLE_AVERAGE) && !kinds.contains(CandidateKind.SAMPLES)) {
      throw new IllegalArgumentException(
          "candidates: expected SAMPLES where SAMPLE_AVERAGE is, found " + kinds);
    }
  }

  /** Settings that keep the best candidate alone and take the inferred conditions as they are. */
  public CandidateSettings(
      List<CandidateKind> kinds, int scoreSteps, int polishSteps, double polishRate) {
    this(kinds, scoreSteps, polishSteps, polishRate, 0, 1, ConditionSearch.NONE);
  }

  /**
   * The same settings with other kinds. A sample that comes first is not the expected expert, and
   * has no head start.
   */
  public CandidateSettings withKinds(CandidateKind... others) {
    boolean polished = List.of(others).contains(CandidateKind.POLISHED);
    boolean drawn =
        Stream.of(others).sorted().findFirst().equals(Optional.of(CandidateKind.SAMPLES));
    return new CandidateSettings(
        List.of(others),
        scoreSteps,
        polished ? polishSteps : 0,
        polished ? polishRate : 0,
        drawn ? 0 : headStart,
        ensemble,
        search);
  }

  /**
   * The same settings with the best of a kind polished, and no head start: what is polished differs
   * by little.
   *
   * @param steps gradient steps, at least 1
   * @param rate their learning rate, positive
   */
  public CandidateSettings withPolish(CandidateKind kind, int steps, double rate) {
    return new CandidateSettings(
        List.of(kind, CandidateKind.POLISHED), scoreSteps, steps, rate, 0, ensemble, search);
  }

  /** The same settings with another number of candidates that are kept. */
  public CandidateSettings withEnsemble(int other) {
    return new CandidateSettings(
        kinds, scoreSteps, polishSteps, polishRate, headStart, other, search);
  }

  /** The same settings with another search of the conditions. */
  public CandidateSettings withSearch(ConditionSearch other) {
    return new CandidateSettings(
        kinds, scoreSteps, polishSteps, polishRate, headStart, ensemble, other);
  }
}
