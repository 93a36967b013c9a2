package io.dynadiff.trainer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class TrainCommandTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'' | Missing required parameter: 'SYSTEM'",
        "burgers | expected a system out of [lambda-omega, kolmogorov-flow",
        "burgers | or --data with a trajectory store of your own",
        "burgers --data nowhere | nowhere: expected a directory of trajectories, found none",
        "burgers --data src | expected trajectories of system burgers, found none at all",
        "a/b --data src | SYSTEM: expected letters, digits",
        "lambda-omega --data src | expected none of them for lambda-omega",
        "era5-uk --unseen a | expected none of them for era5-uk",
        "lambda-omega --preset huge | a preset out of [laptop, smoke, paper]",
        "lambda-omega --seed one | 'one' is not a long",
        "era5-uk --preset smoke --data nowhere.nc | nowhere.nc",
        "era5-uk --preset smoke --data pom.xml | pom.xml",
        "lambda-omega --sed 1 | --seed",
        "lambda-omega --steps-per-stage 0 | steps per stage: expected at least 1",
        "lambda-omega --set zoo | expected PATH=VALUE",
        "lambda-omega --set zoo.size=3 | setting zoo.size: expected one of",
        "lambda-omega --set sampler.seed=3 | expected sampler.seed 0",
        "lambda-omega --set candidates.kinds=[\"SAMPLES\"] | expected a headStart of 0",
        "era5-uk --preset smoke --set data.seen=3 | expected no other setting of data"
      })
  void shouldExitWithTwoAndSayWhyWhenUsedWrongly(String arguments, String reason) {
    StringWriter errors = new StringWriter();
    int status =
        new CommandLine(new TrainCommand())
            .setErr(new PrintWriter(errors))
            .execute(arguments.isEmpty() ? new String[0] : arguments.split(" "));
    assertThat(status).isEqualTo(2);
    assertThat(errors.toString()).contains(reason);
  }
}
