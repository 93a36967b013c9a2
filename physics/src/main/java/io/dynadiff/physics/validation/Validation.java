package io.dynadiff.physics.validation;

import java.util.function.Supplier;

/**
 * One part of the validation: something to measure and to compare with what is known.
 *
 * @param title heading of the part
 * @param lengthy whether it takes more than some seconds
 * @param measurement measures; may throw {@link RuntimeException}s that say what went wrong
 */
public record Validation(String title, boolean lengthy, Supplier<Findings> measurement) {}
