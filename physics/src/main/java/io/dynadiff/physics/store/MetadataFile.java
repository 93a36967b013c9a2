package io.dynadiff.physics.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.dynadiff.physics.field.Channel;
import io.dynadiff.physics.field.FieldShape;
import io.dynadiff.physics.field.Grid;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * A {@code trajectory.json} as read: the description and the hash that its chunks carry.
 *
 * @param sha256 SHA-256 of the file, 32 bytes
 */
record MetadataFile(TrajectoryMetadata metadata, byte[] sha256) {
  private static final String FORMAT = "dynadiff-trajectory";
  private static final int VERSION = 1;
  private static final String TYPE = "float32-little-endian";
  private static final String AXES = "frame, channel, y, x";
  private static final long MOST_BYTES = 16L << 20;

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(
              DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES,
              DeserializationFeature.FAIL_ON_TRAILING_TOKENS,
              DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES,
              DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
          .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
          .build();

  /** The file, property by property; the seed is null where nothing was drawn. */
  private record Document(
      String format,
      int version,
      String type,
      String axes,
      String system,
      String environmentId,
      String solver,
      String solverVersion,
      Long seed,
      Map<String, String> settings,
      FieldShape shape,
      Grid grid,
      List<Channel> channels,
      long startMillis,
      long intervalMillis,
      long length,
      int framesPerChunk,
      List<ConditionSpan> conditions) {}

  /** Writes a description, whole or not at all. */
  static MetadataFile write(Path file, TrajectoryMetadata m) {
    Provenance from = m.provenance();
    Document document =
        new Document(
            FORMAT,
            VERSION,
            TYPE,
            AXES,
            m.system(),
            m.environmentId(),
            from.solver(),
            from.solverVersion(),
            from.seed().isPresent() ? from.seed().getAsLong() : null,
            from.settings(),
            m.shape(),
            m.grid(),
            m.channels(),
            m.startMillis(),
            m.intervalMillis(),
            m.length(),
            m.framesPerChunk(),
            m.conditions());
    try {
      Path unfinished = TrajectoryDirectory.unfinished(file);
      Files.write(unfinished, JSON.writeValueAsBytes(document));
      try (FileChannel channel = FileChannel.open(unfinished, StandardOpenOption.WRITE)) {
        channel.force(true);
      }
      Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException(file + ": cannot be written: " + e.getMessage(), e);
    }
    return read(file);
  }

  /**
   * Reads a description strictly.
   *
   * @throws TrajectoryFormatException if it is missing or not what {@link #write} writes
   */
  static MetadataFile read(Path file) {
    try {
      if (!Files.isRegularFile(file)) {
        throw new TrajectoryFormatException(
            file + ": expected the description of a trajectory, found no file; check the name");
      }
      if (Files.size(file) > MOST_BYTES) {
        throw new TrajectoryFormatException(
            file
                + ": expected at most "
                + MOST_BYTES
                + " bytes, found "
                + Files.size(file)
                + "; this is not a description of a trajectory");
      }
      byte[] bytes = Files.readAllBytes(file);
      return new MetadataFile(parse(file, bytes), sha256(bytes));
    } catch (IOException e) {
      throw new UncheckedIOException(file + ": cannot be read: " + e.getMessage(), e);
    }
  }

  private static TrajectoryMetadata parse(Path file, byte[] bytes) throws IOException {
    try {
      JsonNode tree = JSON.readTree(bytes);
      requireText(file, "format", FORMAT, tree);
      int version = tree.path("version").asInt(-1);
      if (version != VERSION) {
        throw new TrajectoryFormatException(
            file
                + ": expected format version "
                + VERSION
                + ", found "
                + tree.path("version")
                + "; read it with the release that wrote it, or write it anew");
      }
      requireText(file, "type", TYPE, tree);
      requireText(file, "axes", AXES, tree);
      return metadata(JSON.treeToValue(tree, Document.class));
    } catch (ValueInstantiationException e) {
      throw unusable(file, e.getCause() == null ? e.getOriginalMessage() : causeOf(e), e);
    } catch (JsonProcessingException e) {
      int line = e.getLocation() == null ? -1 : e.getLocation().getLineNr();
      throw unusable(file, firstLine(e) + (line < 1 ? "" : " at line " + line), e);
    } catch (IllegalArgumentException e) {
      throw unusable(file, e.getMessage(), e);
    }
  }

  /** What Jackson found, without its advice to programmers. */
  private static String firstLine(JsonProcessingException e) {
    String line = e.getOriginalMessage().lines().findFirst().orElse("no JSON");
    return line.replaceAll(" \\((set|class|index|but) [^)]*\\)", "");
  }

  private static String causeOf(ValueInstantiationException e) {
    return e.getCause() instanceof ArithmeticException
        ? "a shape of more than 2^31 values"
        : e.getCause().getMessage();
  }

  private static TrajectoryFormatException unusable(Path file, String found, Exception cause) {
    return new TrajectoryFormatException(
        file
            + ": expected the description of a trajectory, found: "
            + found
            + "; restore the file, or delete the directory and run the writer again",
        cause);
  }

  private static void requireText(Path file, String name, String expected, JsonNode tree) {
    JsonNode found = tree.path(name);
    if (!expected.equals(found.asText(null))) {
      throw new TrajectoryFormatException(
          file
              + ": expected "
              + name
              + " \""
              + expected
              + "\", found "
              + (found.isMissingNode() ? "none" : found)
              + "; this is not a description of a trajectory that can be read");
    }
  }

  private static TrajectoryMetadata metadata(Document d) {
    return new TrajectoryMetadata(
        d.system(),
        d.environmentId(),
        new Provenance(
            d.solver(),
            d.solverVersion(),
            d.seed() == null ? OptionalLong.empty() : OptionalLong.of(d.seed()),
            d.settings()),
        d.shape(),
        d.grid(),
        d.channels(),
        d.startMillis(),
        d.intervalMillis(),
        d.length(),
        d.framesPerChunk(),
        d.conditions());
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
