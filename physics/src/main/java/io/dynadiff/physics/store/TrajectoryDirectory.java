package io.dynadiff.physics.store;

import java.nio.file.Path;
import java.util.Locale;

/** Where the files of one trajectory lie. */
record TrajectoryDirectory(Path path) {
  static final String METADATA = "trajectory.json";

  // No part begins with a dot: no parent directory, no hidden file.
  private static final String PART = "[A-Za-z0-9_][A-Za-z0-9._-]*";

  static TrajectoryDirectory of(Path root, String name) {
    requireName(name);
    return new TrajectoryDirectory(root.resolve(name));
  }

  static void requireName(String name) {
    if (name == null || !name.matches(PART + "(/" + PART + ")*")) {
      throw new IllegalArgumentException(
          "trajectory name: expected letters, digits, '.', '-' and '_' between slashes, no part"
              + " beginning with '.' or '-', found '"
              + name
              + "'");
    }
  }

  Path metadata() {
    return path.resolve(METADATA);
  }

  Path chunk(int index) {
    return path.resolve(String.format(Locale.ROOT, "chunk-%06d.dtc", index));
  }

  /** A file while it is being written; never read, and overwritten by the next writer. */
  static Path unfinished(Path file) {
    return file.resolveSibling(file.getFileName() + ".part");
  }
}
