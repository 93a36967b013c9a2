package io.dynadiff.models.candidates;

/**
 * How far, around the conditions that the prompter inferred, conditions are sought whose expert
 * forecasts the window better.
 *
 * @param rounds rounds of the search, at least 0; with 0 the inferred conditions are taken as they
 *     are
 * @param candidates conditions tried in each round, at least 2 where there are rounds
 * @param spread standard deviation of what is tried first, in standard deviations of each condition
 *     over the seen environments; halved with every round; positive where there are rounds
 */
public record ConditionSearch(int rounds, int candidates, double spread) {

  /** Inferred conditions as they are. */
  public static final ConditionSearch NONE = new ConditionSearch(0, 0, 0);

  public ConditionSearch {
    boolean none = rounds == 0 && candidates == 0 && spread == 0;
    boolean some = rounds > 0 && candidates > 1 && spread > 0 && Double.isFinite(spread);
    if (!none && !some) {
      throw new IllegalArgumentException(
          "condition search: expected rounds, at least 2 candidates and a positive spread, or all of"
              + " them 0, found "
              + rounds
              + ", "
              + candidates
              + ", "
              + spread);
    }
  }

  /** Whether there is anything to search. */
  public boolean present() {
    return rounds > 0;
  }
}
