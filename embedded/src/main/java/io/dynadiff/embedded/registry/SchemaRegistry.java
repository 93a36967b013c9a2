package io.dynadiff.embedded.registry;

import io.confluent.kafka.schemaregistry.CompatibilityLevel;
import io.confluent.kafka.schemaregistry.ParsedSchemaHolder;
import io.confluent.kafka.schemaregistry.SimpleParsedSchemaHolder;
import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.confluent.kafka.schemaregistry.client.rest.entities.SchemaReference;
import io.dynadiff.schemas.kafka.KafkaConnection;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.avro.AvroRuntimeException;
import org.apache.kafka.common.KafkaException;

/**
 * Subjects, versions and compatibility levels; compatibility is judged by Confluent's own classes.
 *
 * <p>Every change is in the schema log before it is visible here. Safe for use by many threads; the
 * caller closes.
 */
final class SchemaRegistry implements AutoCloseable {

  private final Map<String, TreeMap<Integer, RegisteredSchema>> subjects = new TreeMap<>();
  private final Map<Integer, RegisteredSchema> byId = new TreeMap<>();
  private final Map<String, CompatibilityLevel> levels = new TreeMap<>();
  private CompatibilityLevel defaultLevel = CompatibilityLevel.BACKWARD;
  private final SchemaLog log;

  private SchemaRegistry(KafkaConnection connection) {
    log = SchemaLog.open(connection, new Replay());
  }

  /** Opens the registry with what the log of the connection's cluster holds. */
  static SchemaRegistry open(KafkaConnection connection) {
    return new SchemaRegistry(connection);
  }

  synchronized List<String> subjects(boolean withDeleted) {
    return subjects.keySet().stream().filter(s -> !versions(s, withDeleted).isEmpty()).toList();
  }

  synchronized List<Integer> versionNumbers(String subject, boolean withDeleted)
      throws RegistryException {
    return existing(subject, withDeleted).stream().map(RegisteredSchema::version).toList();
  }

  /** Returns a version by its number, or the newest one for "latest" and "-1". */
  synchronized RegisteredSchema version(String subject, String version, boolean withDeleted)
      throws RegistryException {
    List<RegisteredSchema> versions = existing(subject, withDeleted);
    if (version.equals("latest") || version.equals("-1")) {
      return versions.get(versions.size() - 1);
    }
    int number = versionNumber(version);
    return versions.stream()
        .filter(schema -> schema.version() == number)
        .findFirst()
        .orElseThrow(() -> RegistryException.versionNotFound(number));
  }

  synchronized RegisteredSchema byId(int id) throws RegistryException {
    RegisteredSchema schema = byId.get(id);
    if (schema == null) {
      throw RegistryException.schemaNotFound(id);
    }
    return schema;
  }

  /** Returns every version of every subject that has this id. */
  synchronized List<RegisteredSchema> versionsWithId(int id) throws RegistryException {
    byId(id);
    return all().stream().filter(schema -> schema.id() == id && !schema.deleted()).toList();
  }

  /** Returns every version that is not deleted. */
  synchronized List<RegisteredSchema> schemas() {
    return all().stream().filter(schema -> !schema.deleted()).toList();
  }

  /** Returns the version of the subject that is exactly this schema. */
  synchronized RegisteredSchema lookUp(
      String subject, String schema, List<SchemaReference> references, boolean withDeleted)
      throws RegistryException {
    AvroSchema parsed = parse(schema, references);
    return existing(subject, withDeleted).stream()
        .filter(version -> same(version, parsed))
        .findFirst()
        .orElseThrow(() -> RegistryException.schemaNotFound("of the request"));
  }

  /** Registers a schema unless the subject has it already; returns the version either way. */
  synchronized RegisteredSchema register(
      String subject, String schema, List<SchemaReference> references) throws RegistryException {
    AvroSchema parsed = parse(schema, references);
    for (RegisteredSchema version : versions(subject, false)) {
      if (same(version, parsed)) {
        return version;
      }
    }
    List<String> objections = objections(subject, parsed, versions(subject, false));
    if (!objections.isEmpty()) {
      throw RegistryException.incompatible(
          "Schema being registered is incompatible with an earlier schema for subject \"%s\", details: %s"
              .formatted(subject, objections));
    }
    TreeMap<Integer, RegisteredSchema> existing = subjects.getOrDefault(subject, new TreeMap<>());
    RegisteredSchema registered =
        new RegisteredSchema(
            subject,
            existing.isEmpty() ? 1 : existing.lastKey() + 1,
            idOf(parsed),
            parsed.canonicalString(),
            references,
            false);
    write(() -> log.append(registered));
    put(registered);
    return registered;
  }

  /** Returns why a schema may not follow a version, or the subject's versions; empty if it may. */
  synchronized List<String> objections(
      String subject,
      String schema,
      List<SchemaReference> references,
      Optional<String> againstVersion)
      throws RegistryException {
    List<RegisteredSchema> against =
        againstVersion.isPresent()
            ? List.of(version(subject, againstVersion.get(), false))
            : versions(subject, false);
    return objections(subject, parse(schema, references), against);
  }

  /** Hides a version, or with {@code permanent} forgets a hidden one. */
  synchronized int delete(String subject, String version, boolean permanent)
      throws RegistryException {
    RegisteredSchema schema = version(subject, version, permanent);
    delete(schema, permanent);
    return schema.version();
  }

  /** Hides all versions of a subject, or with {@code permanent} forgets hidden ones. */
  synchronized List<Integer> deleteSubject(String subject, boolean permanent)
      throws RegistryException {
    List<RegisteredSchema> versions = List.copyOf(existing(subject, permanent));
    for (RegisteredSchema schema : versions) {
      delete(schema, permanent);
    }
    return versions.stream().map(RegisteredSchema::version).toList();
  }

  synchronized CompatibilityLevel defaultCompatibility() {
    return defaultLevel;
  }

  synchronized CompatibilityLevel compatibility(String subject, boolean orDefault)
      throws RegistryException {
    CompatibilityLevel level = levels.get(subject);
    if (level == null && !orDefault) {
      throw RegistryException.subjectConfigNotFound(subject);
    }
    return level == null ? defaultLevel : level;
  }

  /** Sets the level of one subject, or without a subject that of all others. */
  synchronized void setCompatibility(Optional<String> subject, CompatibilityLevel level)
      throws RegistryException {
    write(() -> log.append(subject, Optional.of(level)));
    new Replay().compatibility(subject, Optional.of(level));
  }

  synchronized CompatibilityLevel clearCompatibility(String subject) throws RegistryException {
    CompatibilityLevel level = compatibility(subject, false);
    write(() -> log.append(Optional.of(subject), Optional.empty()));
    levels.remove(subject);
    return level;
  }

  @Override
  public synchronized void close() {
    log.close();
  }

  private List<String> objections(String subject, AvroSchema schema, List<RegisteredSchema> earlier)
      throws RegistryException {
    List<ParsedSchemaHolder> holders = new ArrayList<>();
    for (RegisteredSchema version : earlier) {
      holders.add(new SimpleParsedSchemaHolder(parse(version.schema(), version.references())));
    }
    return schema.isCompatible(levels.getOrDefault(subject, defaultLevel), holders);
  }

  private void delete(RegisteredSchema schema, boolean permanent) throws RegistryException {
    if (permanent) {
      if (!schema.deleted()) {
        throw RegistryException.subjectNotSoftDeleted(schema.subject());
      }
      write(() -> log.remove(schema.subject(), schema.version()));
      new Replay().schemaRemoved(schema.subject(), schema.version());
    } else {
      RegisteredSchema hidden = schema.asDeleted();
      write(() -> log.append(hidden));
      put(hidden);
    }
  }

  private AvroSchema parse(String schema, List<SchemaReference> references)
      throws RegistryException {
    try {
      Map<String, String> resolved = new LinkedHashMap<>();
      resolve(references, resolved);
      AvroSchema parsed = new AvroSchema(schema, references, resolved, null);
      if (parsed.rawSchema() == null) {
        throw RegistryException.invalidSchema("Empty schema");
      }
      return parsed;
    } catch (AvroRuntimeException | IllegalArgumentException e) {
      throw RegistryException.invalidSchema(
          "Invalid schema %s, details: %s".formatted(schema, e.getMessage()));
    }
  }

  /** A referenced schema comes before the one that refers to it. */
  private void resolve(List<SchemaReference> references, Map<String, String> resolved)
      throws RegistryException {
    for (SchemaReference reference : references) {
      if (!resolved.containsKey(reference.getName())) {
        RegisteredSchema found =
            version(reference.getSubject(), reference.getVersion().toString(), true);
        resolve(found.references(), resolved);
        resolved.put(reference.getName(), found.schema());
      }
    }
  }

  private static boolean same(RegisteredSchema version, AvroSchema parsed) {
    return version.schema().equals(parsed.canonicalString())
        && version.references().equals(parsed.references());
  }

  private int idOf(AvroSchema parsed) {
    return byId.values().stream()
        .filter(known -> same(known, parsed))
        .map(RegisteredSchema::id)
        .findFirst()
        .orElseGet(() -> byId.keySet().stream().mapToInt(Integer::intValue).max().orElse(0) + 1);
  }

  private List<RegisteredSchema> versions(String subject, boolean withDeleted) {
    return subjects.getOrDefault(subject, new TreeMap<>()).values().stream()
        .filter(schema -> withDeleted || !schema.deleted())
        .toList();
  }

  private List<RegisteredSchema> existing(String subject, boolean withDeleted)
      throws RegistryException {
    List<RegisteredSchema> versions = versions(subject, withDeleted);
    if (versions.isEmpty()) {
      throw RegistryException.subjectNotFound(subject);
    }
    return versions;
  }

  private List<RegisteredSchema> all() {
    return subjects.values().stream().map(TreeMap::values).flatMap(Collection::stream).toList();
  }

  private void put(RegisteredSchema schema) {
    subjects.computeIfAbsent(schema.subject(), s -> new TreeMap<>()).put(schema.version(), schema);
    byId.putIfAbsent(schema.id(), schema);
  }

  private static int versionNumber(String version) throws RegistryException {
    try {
      int number = Integer.parseInt(version);
      if (number >= 1) {
        return number;
      }
    } catch (NumberFormatException e) {
      // said below
    }
    throw RegistryException.invalidVersion(version);
  }

  private static void write(Runnable append) throws RegistryException {
    try {
      append.run();
    } catch (KafkaException e) {
      throw RegistryException.storeFailed(e);
    }
  }

  /** Applies what the log says; at start from the topic, later beside each write. */
  private final class Replay implements SchemaLog.Listener {

    @Override
    public void schema(RegisteredSchema schema) {
      put(schema);
    }

    @Override
    public void schemaRemoved(String subject, int version) {
      TreeMap<Integer, RegisteredSchema> versions = subjects.get(subject);
      if (versions != null) {
        versions.remove(version);
        if (versions.isEmpty()) {
          subjects.remove(subject);
        }
      }
    }

    @Override
    public void compatibility(Optional<String> subject, Optional<CompatibilityLevel> level) {
      if (subject.isEmpty()) {
        defaultLevel = level.orElse(CompatibilityLevel.BACKWARD);
      } else if (level.isPresent()) {
        levels.put(subject.get(), level.get());
      } else {
        levels.remove(subject.get());
      }
    }
  }
}
