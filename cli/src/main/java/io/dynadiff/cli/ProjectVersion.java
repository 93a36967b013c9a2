package io.dynadiff.cli;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/** The version that the build has written into the resources. */
final class ProjectVersion implements IVersionProvider {

  @Override
  public String[] getVersion() throws IOException {
    Properties properties = new Properties();
    try (InputStream file = ProjectVersion.class.getResourceAsStream("version.properties")) {
      properties.load(file);
    }
    return new String[] {"dynadiff " + properties.getProperty("version")};
  }
}
