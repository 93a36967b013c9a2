package io.dynadiff.trainer.stage;

import io.dynadiff.models.bundle.Sha256;
import io.dynadiff.models.json.CanonicalJson;
import io.dynadiff.models.nn.FlatAdam;
import io.dynadiff.models.safetensors.NamedTensor;
import io.dynadiff.models.safetensors.Safetensors;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Results and checkpoints of training stages on disk, each under a name that holds the hash of all
 * its inputs: a changed setting makes a new result, an unchanged one is found again.
 *
 * <p>Files are written beside their place and moved into it, so that a kill leaves either the old
 * or the new one.
 */
public final class StageStore {

  private static final String RESULT = "result.safetensors";
  private static final String CHECKPOINT = "checkpoint.safetensors";

  private final String name;
  private final Path directory;

  /**
   * @param work directory of all stages of a system
   * @param name name of the stage
   * @param inputs everything that the result depends on, as values with a canonical JSON form
   */
  public StageStore(Path work, String name, Object... inputs) {
    String hash = Sha256.hex(CanonicalJson.write(List.of(inputs)).getBytes(StandardCharsets.UTF_8));
    this.name = name;
    this.directory = work.resolve(name + "-" + hash.substring(0, 12));
  }

  /** Identity of the result, to be an input of later stages. */
  public String key() {
    return directory.getFileName().toString();
  }

  /** Name of the stage. */
  public String name() {
    return name;
  }

  /** Where the stage keeps its files. */
  public Path directory() {
    return directory;
  }

  /** The finished result, if there is one. */
  public Optional<Map<String, NamedTensor>> result() {
    return read(RESULT);
  }

  /** Keeps the result and drops the checkpoint. */
  public void finish(List<NamedTensor> tensors) {
    write(RESULT, tensors);
    try {
      Files.deleteIfExists(directory.resolve(CHECKPOINT));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * State of an unfinished training.
   *
   * @param state parameters and moments
   * @param curve its curve so far
   * @param kept whatever else it must know to go on, by names of its own
   */
  public record Checkpoint(FlatAdam.State state, float[] curve, Map<String, NamedTensor> kept) {}

  /** Keeps the state of an unfinished training. */
  public void checkpoint(Checkpoint checkpoint) {
    FlatAdam.State state = checkpoint.state();
    List<NamedTensor> tensors = new ArrayList<>(checkpoint.kept().values());
    tensors.add(vector("values", state.values()));
    tensors.add(vector("first", state.first()));
    tensors.add(vector("second", state.second()));
    tensors.add(vector("steps", new float[] {state.steps()}));
    tensors.add(vector("curve", checkpoint.curve()));
    write(CHECKPOINT, tensors);
  }

  /** The state of an unfinished training, if there is one. */
  public Optional<Checkpoint> checkpoint() {
    return read(CHECKPOINT)
        .map(
            t ->
                new Checkpoint(
                    new FlatAdam.State(
                        t.get("values").values(),
                        t.get("first").values(),
                        t.get("second").values(),
                        (int) t.get("steps").values()[0]),
                    t.get("curve").values(),
                    t));
  }

  /** A tensor with one axis. */
  public static NamedTensor vector(String name, float[] values) {
    return new NamedTensor(name, new long[] {values.length}, values);
  }

  /** One vector of many of the same length. */
  public static NamedTensor rows(String name, List<float[]> rows) {
    int width = rows.get(0).length;
    float[] values = new float[Math.multiplyExact(rows.size(), width)];
    for (int i = 0; i < rows.size(); i++) {
      System.arraycopy(rows.get(i), 0, values, i * width, width);
    }
    return new NamedTensor(name, new long[] {rows.size(), width}, values);
  }

  /** The inverse of {@link #rows}. */
  public static List<float[]> rows(NamedTensor tensor) {
    int width = (int) tensor.shape()[1];
    List<float[]> rows = new ArrayList<>();
    for (int i = 0; i < tensor.shape()[0]; i++) {
      rows.add(java.util.Arrays.copyOfRange(tensor.values(), i * width, (i + 1) * width));
    }
    return rows;
  }

  private Optional<Map<String, NamedTensor>> read(String name) {
    Path file = directory.resolve(name);
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      return Optional.of(Safetensors.read(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void write(String name, List<NamedTensor> tensors) {
    try {
      Files.createDirectories(directory);
      Path part = directory.resolve(name + ".part");
      Safetensors.write(part, tensors);
      Files.move(
          part,
          directory.resolve(name),
          StandardCopyOption.ATOMIC_MOVE,
          StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException(
          "cannot write the stage " + directory + ": " + e.getMessage(), e);
    }
  }
}
