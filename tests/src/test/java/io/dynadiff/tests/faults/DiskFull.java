package io.dynadiff.tests.faults;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * The disk of the broker, or that of the roles' state, fills up to the last byte. What ends of that
 * is started again once there is room, as a supervisor would.
 */
@Command(
    name = "disk-full",
    mixinStandardHelpOptions = true,
    description = {
      "Fill the disk of the broker or of the roles' stores under load, make room again, and count"
          + " what came of it.",
      "Mounts a small file system in memory, which takes root; or mount one of at most 1 GiB below"
          + " --work-dir first."
    },
    footer = {
      "",
      "Examples:",
      "  tests/faults/run disk-full --disk=broker",
      "  tests/faults/run disk-full --disk=state"
    })
final class DiskFull extends FaultRun {

  enum Disk {
    broker,
    state
  }

  private static final Duration LIMIT = Duration.ofMinutes(10);
  private static final long SMALL_BYTES = 1L << 30;
  private static final int BLOCK_BYTES = 1 << 16;

  @Option(
      names = "--disk",
      defaultValue = "broker",
      description = "Whose: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
  private Disk disk;

  @Option(
      names = "--full-seconds",
      defaultValue = "30",
      description = "How long there is no room (default: ${DEFAULT-VALUE}).")
  private int fullSeconds;

  private Path small;
  private boolean mounted;
  private int ended;
  private double millisToNextScore;

  @Override
  void prepare() throws IOException {
    small = Files.createDirectories(options.directory.resolve(disk.name()));
    if (Files.getFileStore(small).getTotalSpace() > SMALL_BYTES) {
      if (run("mount", "-t", "tmpfs", "-o", "size=256m", "tmpfs", small.toString()) != 0) {
        throw new IllegalArgumentException(
            small
                + ": expected a file system of at most 1 GiB, or to be root and mount one; mount"
                + " one there first");
      }
      mounted = true;
      Runtime.getRuntime().addShutdownHook(new Thread(this::unmount));
    }
  }

  private static int run(String... command) throws IOException {
    Process process = new ProcessBuilder(command).inheritIO().start();
    try {
      return process.waitFor();
    } catch (InterruptedException e) {
      process.destroy();
      Thread.currentThread().interrupt();
      throw new IllegalStateException(command[0] + ": interrupted", e);
    }
  }

  private void unmount() {
    try {
      // Processes that were killed may hold it a moment longer.
      run("umount", "--lazy", small.toString());
    } catch (IOException e) {
      say(small + ": still mounted: " + e.getMessage());
    }
  }

  @Override
  void disturb(Installation installation, DeliveryLedger ledger) throws Exception {
    ledger.awaitGrowth("scores", 20, LIMIT);
    Path filler = small.resolve("filler");
    long bytes = fill(filler);
    say("%s: %d MiB more, and no room is left".formatted(small, bytes >> 20));
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(fullSeconds);
    while (System.nanoTime() < end) {
      // Room that something else gives back is taken as well.
      bytes += fill(filler);
      ledger.read(Duration.ofMillis(500));
    }
    Files.delete(filler);
    long freed = System.nanoTime();
    if (disk == Disk.broker) {
      // A broker that cannot write gives up; while it does it is neither dead nor of any use.
      awaitEnd(installation.broker());
      ended++;
      installation.broker().start();
      installation.awaitBroker();
    }
    for (RoleProcess role : installation.roles()) {
      if (!role.alive()) {
        ended++;
        role.start();
      }
      installation.awaitReady(role);
    }
    ledger.awaitAllEnvironments("scores", LIMIT);
    millisToNextScore = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - freed);
    say(
        "%d processes had ended; scores of all again after %.0f ms"
            .formatted(ended, millisToNextScore));
  }

  private static void awaitEnd(RoleProcess process) throws InterruptedException {
    long deadline = System.nanoTime() + LIMIT.toNanos();
    while (process.alive()) {
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException(
            "%s: expected it to end without room on its disk, found it alive after %s; see %s"
                .formatted(process.name(), LIMIT, process.log()));
      }
      TimeUnit.MILLISECONDS.sleep(200);
    }
  }

  /** Appends until nothing more goes in; returns how much did. */
  private static long fill(Path file) throws IOException {
    byte[] block = new byte[BLOCK_BYTES];
    long before = Files.exists(file) ? Files.size(file) : 0;
    for (int size = BLOCK_BYTES; size > 0; size /= 4) {
      try (OutputStream out =
          Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
        while (true) {
          out.write(block, 0, size);
        }
      } catch (IOException e) {
        // That is what it is for: smaller pieces may still go in.
      }
    }
    return Files.size(file) - before;
  }

  @Override
  String variant() {
    return "-" + disk;
  }

  @Override
  Map<String, Double> figures() {
    return new TreeMap<>(
        Map.of("processesEnded", (double) ended, "roomToAllEnvironmentsMs", millisToNextScore));
  }

  @Override
  Map<String, Object> config() {
    return Map.of("disk", disk.name(), "fullSeconds", fullSeconds, "mounted", mounted);
  }
}
