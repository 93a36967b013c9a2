package io.dynadiff.producers.replay;

import io.dynadiff.producers.command.EventTime;
import io.dynadiff.producers.command.FeedCommand;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/**
 * Publishes tiles of recorded files as environments, or stored trajectories as what they are, with
 * their own event times.
 */
@Command(
    name = "replay",
    mixinStandardHelpOptions = true,
    description = {
      "Publish recorded fields (NetCDF, GRIB, Zarr), each tile as one environment, or stored"
          + " trajectories."
    },
    footer = {
      "",
      "Example:",
      "  dynadiff replay data/era5-2mt-2019-03-uk-cds.nc \\",
      "    --from 2019-03-21 --speed 3600x",
      "",
      "Variables from separate files, several files each:",
      "  dynadiff replay u-01.nc u-02.nc v-01.nc v-02.nc --variable u100,v100 \\",
      "    --system era5-global",
      "",
      "A stored trajectory:",
      "  dynadiff replay store/lambda-omega/beta-1.10/seed-1"
    })
public final class ReplayCommand extends FeedCommand {

  @Parameters(
      arity = "1..*",
      paramLabel = "FILE",
      description =
          "NetCDF-4, NetCDF-3 or GRIB files or Zarr directories; files of one variable must follow"
              + " one another in time. Or directories of stored trajectories.")
  private List<Path> files;

  @Mixin private RecordedTiles tiles;

  @Mixin private EventTime time;

  @Override
  protected Series open() {
    EventTime.Span span = time.span();
    long stored = files.stream().filter(StoredTrajectories::at).count();
    if (stored == 0) {
      return recorded(span);
    }
    if (stored < files.size()) {
      throw new IllegalArgumentException(
          "files: expected stored trajectories or recorded files, found both; replay them as feeds"
              + " of their own");
    }
    if (tiles.given()) {
      throw new IllegalArgumentException(
          "options: expected none of --variable, --system, --tiles and --tile-size for stored"
              + " trajectories, which say themselves what they are");
    }
    return new Series(StoredTrajectories.series(files, span.first(), span.end()), () -> {});
  }

  private Series recorded(EventTime.Span span) {
    tiles.check();
    RecordedFiles recorded = RecordedFiles.open(files);
    try {
      return new Series(tiles.series(recorded, span), recorded::close);
    } catch (RuntimeException e) {
      recorded.close();
      throw e;
    }
  }
}
