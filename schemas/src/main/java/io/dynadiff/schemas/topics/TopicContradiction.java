package io.dynadiff.schemas.topics;

import java.util.List;

/** Says that existing topics contradict the catalogue: each limit, both values, what to do. */
public final class TopicContradiction extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** One sentence per contradiction; serializable as a whole. */
  private final String[] contradictions;

  TopicContradiction(List<String> contradictions) {
    super(
        "The cluster contradicts the topic catalogue in %d point(s):%n  %s"
            .formatted(
                contradictions.size(), String.join(System.lineSeparator() + "  ", contradictions)));
    this.contradictions = contradictions.toArray(String[]::new);
  }

  /** Returns one sentence for each limit that is contradicted. */
  public List<String> contradictions() {
    return List.of(contradictions);
  }
}
