package io.dynadiff.streams.weights;

import java.util.List;
import java.util.Optional;

/** What has come in on the weights topic, by environment. Thread-safe. */
public interface IncomingExperts {

  /**
   * Valid weights that a forecaster may take.
   *
   * @param runId run they were generated in
   * @param system their system
   * @param bundleId their bundle
   * @param version their version, at least 1
   * @param weightsIds SHA-256 of each member's tensor, best first, at least one
   * @param members all weights of each member, in the order of the expert specification; not to be
   *     changed
   * @param generatedScore the generator's own score of them on its window
   * @param windowCompletedAtMillis wall-clock time at which that window was complete
   * @param receivedAtMillis wall-clock time at which they came in here
   */
  record Challenger(
      String runId,
      String system,
      String bundleId,
      long version,
      List<String> weightsIds,
      List<float[]> members,
      double generatedScore,
      long windowCompletedAtMillis,
      long receivedAtMillis) {

    public Challenger {
      weightsIds = List.copyOf(weightsIds);
      members = List.copyOf(members);
      if (members.isEmpty() || members.size() != weightsIds.size()) {
        throw new IllegalArgumentException(
            "challenger: expected as many checksums as members, at least one, found "
                + weightsIds.size()
                + " and "
                + members.size());
      }
    }

    /** Checksum of the best member. */
    public String weightsId() {
      return weightsIds.get(0);
    }
  }

  /**
   * Weights that no forecaster may take.
   *
   * @param offset where they stand in their partition of the weights topic
   * @param version the version they claim, or null where they cannot be read
   * @param reason what is wrong with them
   */
  record Refusal(long offset, Long version, String reason) {}

  /** Rises whenever something has come in. */
  long changes();

  /** The valid weights with the highest version. */
  Optional<Challenger> newest(String environmentId);

  /** The latest refusals, by rising offset. */
  List<Refusal> refusals(String environmentId);
}
