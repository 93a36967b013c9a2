package io.dynadiff.models.generation;

/**
 * An expert that may answer a request.
 *
 * @param source name of the {@link CandidateSource} that proposed it
 * @param weights flat weights, in the order of the bundle's expert specification
 */
public record Candidate(String source, float[] weights) {}
