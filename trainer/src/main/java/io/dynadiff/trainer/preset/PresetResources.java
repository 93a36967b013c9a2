package io.dynadiff.trainer.preset;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dynadiff.models.json.CanonicalJson;
import io.dynadiff.trainer.data.DataPlan;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Presets as they are kept: a whole one of every system, and others as changes to it. */
final class PresetResources {

  /** The preset that others are changes of. */
  private static final String COMPLETE = "laptop";

  private PresetResources() {}

  /** Puts a preset together from the files of a system and a name that are known to exist. */
  static Preset read(String system, String name, DataPlan data) {
    ObjectNode settings = resource(system + "-" + COMPLETE + ".json").orElseThrow();
    change(settings, name + ".json");
    if (!name.equals(COMPLETE)) {
      change(settings, system + "-" + name + ".json");
    }
    settings.set("data", CanonicalJson.tree(data));
    return CanonicalJson.read(settings.toString(), Preset.class, "preset " + name);
  }

  private static void change(ObjectNode settings, String file) {
    resource(file)
        .ifPresent(
            changes ->
                changes
                    .properties()
                    .forEach(
                        change ->
                            CanonicalJson.replace(
                                settings, change.getKey(), change.getValue().toString())));
  }

  private static Optional<ObjectNode> resource(String file) {
    try (InputStream stream = Preset.class.getResourceAsStream(file)) {
      return stream == null
          ? Optional.empty()
          : Optional.of(
              CanonicalJson.read(
                  new String(stream.readAllBytes(), StandardCharsets.UTF_8),
                  ObjectNode.class,
                  file));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }
}
