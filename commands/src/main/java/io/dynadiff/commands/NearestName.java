package io.dynadiff.commands;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;
import org.apache.commons.text.similarity.LevenshteinDistance;

/** The known name that somebody who wrote an unknown one may have meant. */
public final class NearestName {

  /** Beyond half of its characters changed, a name is another one and not a slip. */
  private static final double LARGEST_SHARE = 0.5;

  private NearestName() {}

  /** The known name with the fewest characters changed; empty if none is near. */
  public static Optional<String> of(String written, Collection<String> known) {
    return known.stream()
        .min(Comparator.comparingInt((String name) -> distance(written, name)))
        .filter(name -> distance(written, name) <= LARGEST_SHARE * name.length());
  }

  private static int distance(String a, String b) {
    return LevenshteinDistance.getDefaultInstance().apply(a, b);
  }
}
