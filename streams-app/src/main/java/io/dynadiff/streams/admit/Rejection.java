package io.dynadiff.streams.admit;

/**
 * A verdict against one record of the frames topic.
 *
 * @param reason the rule that it broke
 * @param detail what was expected and what was found, in one sentence
 */
public record Rejection(RejectionReason reason, String detail) {}
