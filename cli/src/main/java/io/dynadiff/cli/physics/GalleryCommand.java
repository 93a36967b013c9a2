package io.dynadiff.cli.physics;

import io.dynadiff.physics.recorded.RecordedDataException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import javax.imageio.ImageIO;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code dynadiff physics gallery}: draws sampled frames of every system. */
@Command(
    name = "gallery",
    mixinStandardHelpOptions = true,
    description = "Draw sampled frames of every system for the documentation.",
    footer = {"", "Example:", "  dynadiff physics gallery --only era5-uk,lotka-volterra"})
final class GalleryCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Option(
      names = "--output",
      paramLabel = "DIR",
      defaultValue = "${sys:dynadiff.home:-.}/docs/images/physics",
      description = "Where the pictures go (default: docs/images/physics of the project).")
  private Path output;

  @Option(
      names = "--only",
      paramLabel = "SYSTEM",
      split = ",",
      description = "Draw these systems only (default: all).")
  private List<String> only;

  @Option(
      names = "--recording",
      paramLabel = "FILE",
      defaultValue = "${sys:dynadiff.home:-.}/data/era5-2mt-2019-03-uk-cds.nc",
      description = "The recording to draw (default: the project's ERA5 file).")
  private Path recording;

  @Override
  public Integer call() throws IOException {
    List<Gallery.Scene> scenes = chosen();
    try {
      Files.createDirectories(output);
    } catch (IOException e) {
      throw new ParameterException(
          spec.commandLine(), "--output: cannot write to " + output + ": " + e, e);
    }
    StageProgress progress =
        new StageProgress(
            spec.commandLine().getErr(),
            scenes.size(),
            scenes.stream().mapToDouble(Gallery.Scene::expectedSeconds).sum(),
            System::nanoTime);
    for (Gallery.Scene scene : scenes) {
      progress.begin(scene.picture().title(), scene.expectedSeconds());
      Path file = output.resolve(scene.picture().file() + ".png");
      try {
        ImageIO.write(scene.drawing().draw(recording, progress::within), "png", file.toFile());
      } catch (RecordedDataException e) {
        throw new ParameterException(spec.commandLine(), e.getMessage(), e);
      }
      spec.commandLine().getOut().println(file);
    }
    spec.commandLine().getOut().flush();
    return 0;
  }

  private List<Gallery.Scene> chosen() {
    if (only == null) {
      return Gallery.scenes();
    }
    Set<String> known =
        Gallery.scenes().stream().map(GalleryCommand::system).collect(Collectors.toSet());
    for (String system : only) {
      if (!known.contains(system)) {
        throw new ParameterException(
            spec.commandLine(),
            "--only: expected some of " + known.stream().sorted().toList() + ", found " + system);
      }
    }
    return Gallery.scenes().stream().filter(scene -> only.contains(system(scene))).toList();
  }

  private static String system(Gallery.Scene scene) {
    return scene.picture().file().substring("gallery-".length());
  }
}
