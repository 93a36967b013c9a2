package io.dynadiff.physics.field;

/** The one rule that names and units obey. */
final class Text {
  private Text() {}

  static void requireText(String what, String text) {
    if (text == null || text.isBlank()) {
      throw new IllegalArgumentException(
          what + ": expected a non-blank text, found " + (text == null ? "null" : "blank"));
    }
  }
}
