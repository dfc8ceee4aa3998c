import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import software.amazon.event.ruler.JsonRuleCompiler;
import software.amazon.event.ruler.Machine;

/**
 * aws/event-ruler behind stdin and stdout, one request a line, fields separated by tabs:
 *
 * <pre>
 * match PATTERN EVENT…            an answer for each event, t or f, or one error
 * plain PATTERN EVENT…            the same by event-ruler's older finder
 * check PATTERN                   ok, or the error
 * load NAME PATTERN               adds a rule to the machine that bench uses; microseconds it took
 * clear                           starts with an empty machine
 * event EVENT                     keeps an event for bench
 * bench MILLISECONDS              matches the kept events in turn for so long; events, nanoseconds, matches, CPU nanoseconds
 * </pre>
 */
public final class RulerServer {
  private static Machine machine = new Machine();
  private static final List<String> events = new ArrayList<>();

  public static void main(String[] arguments) throws Exception {
    BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8), 1 << 16);
    BufferedWriter out = new BufferedWriter(new OutputStreamWriter(System.out, StandardCharsets.UTF_8), 1 << 16);
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      String[] fields = line.split("\t", -1);
      out.write(answer(fields));
      out.write('\n');
      if (!in.ready()) out.flush();
    }
    out.flush();
  }

  private static String answer(String[] fields) throws Exception {
    switch (fields[0]) {
      case "match":
        return match(fields, new Machine());
      case "plain":
        return match(fields, Machine.builder().withStructuredMatching(false).build());
      case "check":
        String problem = JsonRuleCompiler.check(fields[1]);
        return problem == null ? "ok" : escape(problem);
      case "load":
        long before = System.nanoTime();
        machine.addRule(fields[1], fields[2]);
        return Long.toString(System.nanoTime() - before);
      case "clear":
        machine = new Machine();
        events.clear();
        return "ok";
      case "event":
        events.add(fields[1]);
        return "ok";
      case "version":
        return System.getProperty("java.version");
      case "heap":
        return Long.toString(heapBytes());
      case "bench":
        return bench(Long.parseLong(fields[1]));
      default:
        throw new IllegalArgumentException("unknown request '" + fields[0] + "'");
    }
  }

  private static String match(String[] fields, Machine single) {
    StringBuilder answers = new StringBuilder();
    try {
      single.addRule("rule", fields[1]);
      for (int i = 2; i < fields.length; i++) {
        answers.append(single.rulesForJSONEvent(fields[i]).isEmpty() ? 'f' : 't');
      }
      return answers.toString();
    } catch (Exception e) {
      return "error " + escape(String.valueOf(e.getMessage()));
    }
  }

  private static String bench(long milliseconds) throws Exception {
    long cpuStart = cpuNanoseconds();
    long start = System.nanoTime();
    long end = start + milliseconds * 1_000_000;
    long matched = 0;
    long count = 0;
    while (System.nanoTime() < end) {
      for (int i = 0; i < 64; i++) {
        matched += machine.rulesForJSONEvent(events.get((int) (count++ % events.size()))).size();
      }
    }
    long took = System.nanoTime() - start;
    return count + "\t" + took + "\t" + matched + "\t" + (cpuNanoseconds() - cpuStart);
  }

  /** Of the whole process: collecting garbage and compiling count. */
  private static long cpuNanoseconds() {
    return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
  }

  private static long heapBytes() throws InterruptedException {
    for (int i = 0; i < 3; i++) {
      System.gc();
      Thread.sleep(50);
    }
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }

  private static String escape(String text) {
    return text.replace("\\", "\\\\").replace("\n", "\\n").replace("\r", "\\r").replace("\t", "\\t");
  }

  private RulerServer() {}
}
