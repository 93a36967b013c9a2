package io.dynadiff.cli.bench.wire;

import io.dynadiff.cli.bench.measure.BenchPart;
import io.dynadiff.cli.bench.measure.BenchRun;
import io.dynadiff.cli.bench.measure.Quantiles;
import io.dynadiff.schemas.avro.DType;
import io.dynadiff.schemas.avro.FieldFrame;
import io.dynadiff.schemas.tensor.TensorCodec;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Bytes that frames and weights take under each codec, and what packing them costs. */
final class CompressionPart implements BenchPart {

  /** Frames of one batch, as of a producer that serves several environments. */
  private static final int FRAMES = 16;

  private static final double WARM_UP_SECONDS = 0.5;
  private static final int CONTENTS_OF_A_SYSTEM = 1 + DType.values().length;

  @Override
  public String name() {
    return "compression";
  }

  @Override
  public double expectedSeconds(BenchRun run) {
    int contents = ShippedSystem.bundles(run.home()).size() * CONTENTS_OF_A_SYSTEM;
    return 20 + contents * Codec.ALL.size() * (warmUpSeconds(run) + 0.2);
  }

  private static double warmUpSeconds(BenchRun run) {
    return run.quick() ? 0.05 : WARM_UP_SECONDS;
  }

  @Override
  public void measure(BenchRun run) throws Exception {
    List<Path> bundles = ShippedSystem.bundles(run.home());
    run.configure(
        name(),
        new TreeMap<>(
            Map.of(
                "framesOfABatch", FRAMES,
                "codecs", Codec.ALL.stream().map(Codec::name).toList(),
                "bundles", bundles.stream().map(b -> b.getFileName().toString()).toList())));
    for (int i = 0; i < bundles.size(); i++) {
      ShippedSystem system = ShippedSystem.open(run.home(), bundles.get(i), FRAMES);
      String name = system.bundle().system();
      measure(run, "frames." + name, encoded(system.frames()));
      for (DType dtype : DType.values()) {
        measure(
            run,
            "weights." + name + "." + dtype.name().toLowerCase(Locale.ROOT),
            encoded(system.bundle().baseWeights(), dtype));
      }
      run.within((i + 1.0) / bundles.size());
    }
  }

  private static byte[] encoded(List<FieldFrame> frames) throws IOException {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    for (FieldFrame frame : frames) {
      ByteBuffer one = frame.toByteBuffer();
      content.write(one.array(), one.position(), one.remaining());
    }
    return content.toByteArray();
  }

  private static byte[] encoded(float[] weights, DType dtype) {
    ByteBuffer data = TensorCodec.encode(weights, dtype, weights.length).getData();
    return Arrays.copyOfRange(data.array(), data.position(), data.limit());
  }

  private static void measure(BenchRun run, String what, byte[] content) {
    run.figures().put("wire." + what + ".bytes", content.length);
    for (Codec codec : Codec.ALL) {
      ByteBuffer packed = codec.pack(content);
      if (!Arrays.equals(codec.unpack(packed, content.length), content)) {
        throw new IllegalStateException(
            "wire." + what + ": expected what was packed, found other bytes under " + codec.name());
      }
      String name = "wire." + what + "." + codec.name() + ".";
      run.figures().put(name + "part", (double) packed.remaining() / content.length);
      run.figures()
          .put(name + "packNanosPerByte", nanosPerByte(run, content, () -> codec.pack(content)));
      run.figures()
          .put(
              name + "unpackNanosPerByte",
              nanosPerByte(run, content, () -> codec.unpack(packed, content.length)));
    }
  }

  private static double nanosPerByte(BenchRun run, byte[] content, Runnable work) {
    long start = System.nanoTime();
    int count = 0;
    while ((System.nanoTime() - start) / 1e9 < warmUpSeconds(run)) {
      work.run();
      count++;
    }
    List<Double> turns = new ArrayList<>();
    for (int turn = 0; turn < run.sized(2, 7); turn++) {
      long begin = System.nanoTime();
      for (int i = 0; i <= count / 20; i++) {
        work.run();
      }
      turns.add((System.nanoTime() - begin) / (1.0 + count / 20) / content.length);
    }
    return Quantiles.of(turns).median();
  }
}
