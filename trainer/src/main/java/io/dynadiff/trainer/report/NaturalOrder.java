package io.dynadiff.trainer.report;

import java.io.Serializable;
import java.util.Comparator;

/** Sorts names that differ in a number at their end by that number. */
final class NaturalOrder implements Comparator<String>, Serializable {

  private static final long serialVersionUID = 1;

  @Override
  public int compare(String one, String other) {
    String stem = one.replaceAll("\\d+$", "");
    if (stem.length() < one.length()
        && other.matches(java.util.regex.Pattern.quote(stem) + "\\d+")) {
      return Integer.compare(
          Integer.parseInt(one.substring(stem.length())),
          Integer.parseInt(other.substring(stem.length())));
    }
    return one.compareTo(other);
  }
}
