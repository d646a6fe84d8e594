package dev.copyloop.stack.supervise;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The built checkout whose modules are run. */
public record Installation(Path checkout) {
  /** System property: the checkout's folder. */
  public static final String CHECKOUT = "copyloop.checkout";

  private static final String VERSION = "0.1.0";

  /** The one that the launcher names. */
  public static Installation configured() {
    String folder = System.getProperty(CHECKOUT);
    if (folder == null) {
      throw new IllegalStateException("Cannot find the checkout: start Copyloop by ./copyloop");
    }
    return new Installation(Path.of(folder));
  }

  /** The command that runs a class of the serving tier. */
  public List<String> serving(String mainClass, List<String> arguments) {
    return java(
        "serving", List.of("@" + target("serving").resolve("java.args")), mainClass, arguments);
  }

  /** The jar of the Spark jobs, beside the folder of what they need. */
  public Path jobsJar() {
    return jar("spark-jobs");
  }

  /** The command that runs a class of the Spark jobs. */
  public List<String> jobs(List<String> options, String mainClass, List<String> arguments) {
    List<String> all = new ArrayList<>();
    all.add("@" + target("spark-jobs").resolve("java.args"));
    all.addAll(options);
    return java("spark-jobs", all, mainClass, arguments);
  }

  /** The command that runs a class of this module again in another process. */
  public static List<String> stack(List<String> options, String mainClass, List<String> arguments) {
    List<String> command = new ArrayList<>();
    command.add(javaProgram());
    command.addAll(options);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), mainClass));
    command.addAll(arguments);
    return command;
  }

  private List<String> java(
      String module, List<String> options, String mainClass, List<String> arguments) {
    Path jar = jar(module);
    if (!Files.exists(jar)) {
      throw new IllegalStateException(
          "Cannot find %s: build it by ./copyloop build".formatted(jar));
    }
    List<String> command = new ArrayList<>();
    command.add(javaProgram());
    command.addAll(options);
    command.add("-cp");
    command.add(jar + File.pathSeparator + target(module).resolve("lib") + File.separator + "*");
    command.add(mainClass);
    command.addAll(arguments);
    return command;
  }

  private Path jar(String module) {
    return target(module).resolve("copyloop-%s-%s.jar".formatted(module, VERSION));
  }

  private Path target(String module) {
    return checkout.resolve(module).resolve("target");
  }

  private static String javaProgram() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }
}
