package io.dynadiff.physics.recorded;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A file of fields over time on a latitude-longitude grid.
 *
 * <p>The format is told by content, not by name: NetCDF-4 (HDF5), NetCDF-3 (classic and 64-bit
 * offset, packed or not), GRIB editions 1 and 2 (simple packing), and Zarr version 2 (a directory).
 * Not thread-safe; closed by whoever opened it, after which its fields can no longer be read.
 */
public final class RecordedFields implements AutoCloseable {
  private final Path path;
  private final ArrayFile file;
  private final Map<String, ArrayVariable> grids;

  private RecordedFields(Path path, ArrayFile file) {
    this.path = path;
    this.file = file;
    this.grids = new LinkedHashMap<>();
    for (ArrayVariable variable : file.variables()) {
      if (CfAxes.isField(variable, file.variables())) {
        grids.put(variable.name(), variable);
      }
    }
  }

  /**
   * Opens a file, or the directory of a Zarr store.
   *
   * @throws RecordedDataException if the file is missing, truncated, or of another format
   */
  public static RecordedFields open(Path path) {
    if (!Files.exists(path)) {
      throw new RecordedDataException(path + ": no such file");
    }
    ArrayFile file = openArrays(path);
    try {
      return new RecordedFields(path, file);
    } catch (RuntimeException e) {
      file.close();
      throw damaged(path, e);
    }
  }

  /** Libraries report damage in many ways; callers should have to know only one. */
  private static RecordedDataException damaged(Path path, RuntimeException e) {
    return e instanceof RecordedDataException known
        ? known
        : new RecordedDataException(
            path + ": cannot be understood, the file may be damaged: " + e, e);
  }

  private static ArrayFile openArrays(Path path) {
    if (Files.isDirectory(path)) {
      if (ZarrArrayFile.isStore(path)) {
        return ZarrArrayFile.open(path);
      }
      throw new RecordedDataException(
          path
              + ": expected a file or the directory of a Zarr store of version 2, found "
              + (Files.exists(path.resolve("zarr.json"))
                  ? "a Zarr store of version 3; write it again with zarr_format=2"
                  : "a directory without .zgroup or .zmetadata"));
    }
    byte[] start = new byte[8];
    long length;
    try (InputStream in = Files.newInputStream(path)) {
      length = Files.size(path);
      int read = in.readNBytes(start, 0, start.length);
      if (read < start.length) {
        throw new RecordedDataException(
            path + ": expected NetCDF or GRIB, found only " + length + " bytes");
      }
    } catch (IOException e) {
      throw new RecordedDataException(path + ": cannot be read: " + e, e);
    }
    String text = new String(start, StandardCharsets.ISO_8859_1);
    if (text.equals("\u0089HDF\r\n\u001a\n")) {
      return Hdf5ArrayFile.open(path, length);
    }
    if (text.startsWith("CDF")) {
      return ClassicArrayFile.open(path);
    }
    if (text.startsWith("GRIB")) {
      return GribArrayFile.open(path);
    }
    throw new RecordedDataException(
        path
            + ": expected NetCDF-4, NetCDF-3 or GRIB, found a file that begins with "
            + printable(start));
  }

  private static String printable(byte[] start) {
    StringBuilder hex = new StringBuilder();
    for (byte b : start) {
      hex.append(String.format("%02x ", b));
    }
    return hex.toString().trim();
  }

  /** Whether a path is a directory that can be opened, told by content. */
  public static boolean isDirectoryStore(Path path) {
    return Files.isDirectory(path) && ZarrArrayFile.isStore(path);
  }

  /** Whether a variable, by any name of the same quantity, is a field of this file. */
  public boolean holds(String name) {
    return grids.containsKey(name) || alias(name) != null;
  }

  /** The file read. */
  public Path path() {
    return path;
  }

  /** Names of the variables that are fields over time, in the order of the file. */
  public List<String> variables() {
    return List.copyOf(grids.keySet());
  }

  /**
   * One variable, its axes read and checked.
   *
   * @param name the name in the file, or another name of the same quantity: short name, NetCDF
   *     name, ARCO-ERA5 name or ECMWF parameter id (2t, t2m, 2m_temperature, 167)
   * @throws RecordedDataException if there is no such variable, or it is not a field over time on a
   *     regular latitude-longitude grid
   */
  public RecordedField variable(String name) {
    ArrayVariable variable = grids.get(name);
    if (variable == null) {
      variable = alias(name);
    }
    if (variable == null) {
      ArrayVariable other = find(name);
      throw new RecordedDataException(
          other == null
              ? path + ": no variable " + name + "; the fields of this file are " + variables()
              : path
                  + ": variable "
                  + name
                  + " is not a field over time on a latitude-longitude grid, its axes are "
                  + other.dimensions()
                  + "; the fields of this file are "
                  + variables());
    }
    try {
      return RecordedField.of(path, variable, file.variables());
    } catch (RuntimeException e) {
      throw damaged(path, e);
    }
  }

  /** The one field that is the quantity meant by a name; null where there is none. */
  private ArrayVariable alias(String name) {
    Optional<KnownParameter> wanted = KnownParameter.called(name);
    return wanted.isEmpty()
        ? null
        : grids.values().stream()
            .filter(v -> KnownParameter.called(v.name()).equals(wanted))
            .findFirst()
            .orElse(null);
  }

  private ArrayVariable find(String name) {
    return file.variables().stream()
        .collect(Collectors.toMap(ArrayVariable::name, v -> v, (a, b) -> a))
        .get(name);
  }

  @Override
  public void close() {
    file.close();
  }
}
