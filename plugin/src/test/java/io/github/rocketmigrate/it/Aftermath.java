package io.github.rocketmigrate.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.rocketmigrate.sandbox.Lifetime;
import io.github.rocketmigrate.sandbox.Sandbox;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What each project in {@code src/it} must have left behind, as its {@code verify.groovy} asks. */
public final class Aftermath {
    private static final String START = "sandbox-start (default-cli)";

    private final Path folder;
    private final String log;

    public Aftermath(File basedir) throws IOException {
        this.folder = basedir.toPath();
        this.log = Files.readString(folder.resolve("build.log"), UTF_8);
    }

    /** A folder without a POM has one sandbox, in {@code ./target/migrate}, and no folder with a strange name. */
    public void noPom() throws IOException {
        assertThat(log)
                .contains("The sandbox is running (")
                .containsOnlyOnce("The sandbox was running already; nothing was changed.")
                .contains("Ended destination-a, destination-nameserver, source-a, source-nameserver.");
        try (Stream<Path> all = Files.walk(folder)) {
            assertThat(all).noneMatch(path -> path.toString().contains("${"));
        }
        assertThat(folder.resolve("target/migrate/sandbox")).isDirectory();
        noWarnings();
    }

    /** The servers of a bound execution end with a build that fails; its goals see the addresses. */
    public void boundExecution() throws IOException {
        assertThat(log).containsPattern("source at 127\\.0\\.0\\.1:\\d+").doesNotContain("The sandbox is stopped.");
        Path sandbox = folder.resolve("target/migrate/sandbox");
        assertThat(sandbox).describedAs("under the build's root").isDirectory();
        assertThat(folder.resolve("loud/target/migrate")).doesNotExist();
        List<Long> servers = servers(sandbox);
        assertThat(servers).hasSize(4);
        for (long server : servers) {
            // The servers look for their parent a few times a second; the JDK tells when they are gone.
            ProcessHandle.of(server).ifPresent(process -> process.onExit().join());
        }
    }

    /** From the command line, a goal runs for the reactor, not for each module. */
    public void oncePerReactor() {
        assertThat(log).containsOnlyOnce(START).contains("The sandbox is stopped.");
        assertThat(folder.resolve("target/migrate/sandbox")).isDirectory();
        assertThat(folder.resolve("one/target")).doesNotExist();
    }

    public void offline() {
        assertThat(log)
                .contains("RocketMQ 4.9.5 cannot be resolved: org.apache.rocketmq:rocketmq-namesrv:4.9.5")
                .contains("Maven is offline. Run once without -o");
        noStackTrace();
    }

    public void unknownVersion() {
        assertThat(log)
                .contains("RocketMQ 5.99.0 cannot be resolved:")
                .contains("org.apache.rocketmq:rocketmq-broker:5.99.0")
                .contains("Check that this version is released");
        noStackTrace();
    }

    /** Each goal stands in a line of its own, in which another's name would not do. */
    public void help() {
        assertThat(log.lines())
                .filteredOn(line -> line.startsWith("migrate:"))
                .containsExactly(
                        "migrate:apply",
                        "migrate:assess",
                        "migrate:brake",
                        "migrate:discover",
                        "migrate:export",
                        "migrate:help",
                        "migrate:plan",
                        "migrate:resume",
                        "migrate:rollback",
                        "migrate:sandbox",
                        "migrate:sandbox-start",
                        "migrate:sandbox-start-server",
                        "migrate:sandbox-stop",
                        "migrate:sandbox-stop-server",
                        "migrate:sandbox-switch",
                        "migrate:status",
                        "migrate:unlock",
                        "migrate:validate");
        assertThat(log).contains("User property: migrate.sandbox.sourceVersion", "User property: migrate.changeSet");
        noWarnings();
    }

    /** All mistakes at once, each at its place; what is not set is only noted; files for the pipeline. */
    public void validateNoPom() {
        assertThat(unwrapped(log))
                .contains(
                        "[ERROR] migration.yaml:8:37  error MIG-104  topic 'order-events' has type 'FIF0'; did you mean")
                .contains(
                        "[ERROR] migration.yaml:10:11  error MIG-101  group number 1 has the unknown key 'nam'; did you")
                .contains(
                        "[INFO] migration.yaml:3:25  note MIG-223  ${migrate.sandbox.source.nameServers} is not set; start"
                                + " a sandbox with mvn migrate:sandbox-start")
                .contains("[INFO] migration.yaml:4:30  note MIG-223  ${env.NOBODY_SETS_THIS} is not set")
                .contains("migration.yaml is not valid: 2 errors, 2 notes.");
        noStackTrace();
        assertThat(folder.resolve("target/migrate/result.json")).isRegularFile();
        assertThat(folder.resolve("target/migrate/TEST-migrate-validate.xml")).isRegularFile();
    }

    /** Bound, the plan is looked for in its module, properties of the POM are known, and there is one line to read. */
    public void validateBound() {
        assertThat(log)
                .containsOnlyOnce("[INFO] plans/prod.yaml: valid; 1 batch, 1 topic, 0 groups.")
                .doesNotContain("MIG-");
        assertThat(folder.resolve("target/migrate/result.json"))
                .describedAs("under the build's root")
                .isRegularFile();
        noWarnings();
    }

    /** Accounts come from settings.xml, decrypted; messages name what is wrong with one, and never a secret. */
    public void planAcl() throws IOException {
        // Also when a build in between failed.
        Sandbox.in(folder.resolve("target/migrate/sandbox")).stop(Lifetime.UNTIL_STOPPED);
        // What comes before is the sandbox, which tells everybody its secrets.
        assertThat(unwrapped(log.substring(log.indexOf("Stop it:"))))
                .contains("Plan: 18 to create.")
                .contains("and 15 more differ from the plan, listed above.")
                .contains("denied the request for its version: Check signature failed for accessKey=sandbox-reader")
                .contains("denied the request for its version: check signature failed.")
                .contains(
                        "Check that settings.xml has the right secret of user 'sandbox-reader', in the server that source.credentials")
                .contains("The password of server 'sandbox-lost' in settings.xml cannot be decrypted")
                .contains("settings.xml has no server with this id")
                .containsPattern("topic +order-events +source only +12 / ")
                .containsPattern("RMA-501 +Accounts at the destination: the destination has each of 2 accounts")
                .doesNotContain("sandbox-reader-secret")
                .doesNotContain("sandbox-admin-secret")
                .doesNotContain("not-the-secret");
        assertThat(folder.resolve("target/migrate/assessment.json"))
                .content()
                .contains("RMA-501")
                .doesNotContain("sandbox-reader-secret")
                .doesNotContain("sandbox-admin-secret");
        assertThat(folder.resolve("target/migrate/change-set.json"))
                .describedAs("what the first runs left, after runs that failed")
                .doesNotExist();
        assertThat(folder.resolve("target/migrate/result.json")).content().contains("\"goal\" : \"status\"");
    }

    /** The log with each sentence in one line, however long it is. */
    private static String unwrapped(String text) {
        return text.replaceAll("\\R\\[[A-Z]+] {10,}", " ");
    }

    /** The files of {@code samples/pipeline-gate} join the clusters, once; clients of the destination see the source. */
    public void pipelineGate() throws IOException, InterruptedException {
        keepsEvidence(
                List.of(
                        "Plan: 1 to join; 14 unchanged.",
                        "Pending: ",
                        "Apply: 1 joined; 14 unchanged.",
                        "Apply: nothing changed; 14 unchanged.",
                        "No changes. Both clusters agree with the plan."),
                "source-a",
                witness -> witness.seesTheRouteOf("order-events", "source-a"));
    }

    /** Without traffic, the same files take topics and groups across, once. */
    public void metadataOnly() throws IOException, InterruptedException {
        keepsEvidence(
                List.of(
                        "Plan: 14 to create.",
                        "and 11 more differ from the plan, listed above.",
                        "Apply: 14 created.",
                        "Apply: nothing changed; 14 unchanged.",
                        "No changes. Both clusters agree with the plan."),
                "order-fulfilment",
                witness -> {
                    witness.seesTheRouteOf("order-events", "destination-a");
                    witness.seesWhatIsPlanned(folder.resolve("migration.yaml"));
                });
    }

    /** What an independent tool finds in the clusters. */
    private interface Sight {
        void check(Witness witness) throws IOException, InterruptedException;
    }

    /**
     * What is kept of the runs is whole and holds no secret.
     *
     * @param object what the one run that wrote has changed
     */
    private void keepsEvidence(List<String> lines, String object, Sight sight)
            throws IOException, InterruptedException {
        Path migrate = folder.resolve("target/migrate");
        Sandbox sandbox = Sandbox.in(migrate.resolve("sandbox"));
        try {
            assertThat(log.substring(log.indexOf("Stop it:")))
                    .containsSubsequence(lines)
                    .doesNotContain("-secret");
            assertThat(migrate.resolve("result.json")).content().contains("\"outcome\" : \"clean\"");
            List<Path> runs = list(migrate.resolve("evidence"));
            assertThat(runs)
                    .describedAs("one, for the second had nothing to do")
                    .hasSize(1);
            assertThat(runs.get(0).resolve("result.json")).content().contains("\"outcome\" : \"applied\"");
            assertThat(runs.get(0).resolve("change-set.json")).content().contains("\"fingerprint\"", object);
            assertThat(runs.get(0).resolve("journal.jsonl"))
                    .hasSameTextualContentAs(migrate.resolve("journal.jsonl"))
                    .content()
                    .contains("\"claim\":\"accepted\"", object);
            for (Path file : list(migrate)) {
                if (Files.isRegularFile(file)) {
                    assertThat(file).content().doesNotContain("-secret");
                }
            }
            assertThat(list(runs.get(0)))
                    .hasSize(3)
                    .allSatisfy(file -> assertThat(file).content().doesNotContain("-secret"));
            Witness witness = new Witness(
                    sandbox.running().orElseThrow(),
                    jars(sandbox.folder().resolve("destination-a")),
                    folder.resolve("witness"));
            sight.check(witness);
        } finally {
            sandbox.stop(Lifetime.UNTIL_STOPPED);
        }
    }

    /** What a server of a sandbox runs with; inside Maven's own JVM nothing can be resolved. */
    private static List<Path> jars(Path server) throws IOException {
        List<String> arguments = Files.readAllLines(server.resolve("java.args"), UTF_8);
        String classPath = arguments.get(arguments.indexOf("\"-cp\"") + 1).replace("\"", "");
        return Stream.of(classPath.split(File.pathSeparator, -1))
                .filter(entry -> entry.endsWith(".jar"))
                .map(Path::of)
                .toList();
    }

    private static List<Path> list(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.sorted().toList();
        }
    }

    private void noWarnings() {
        assertThat(log).doesNotContain("[WARNING]");
    }

    private void noStackTrace() {
        assertThat(log).doesNotContain("\tat ");
    }

    private static List<Long> servers(Path sandbox) throws IOException {
        Pattern stamp = Pattern.compile("(\\d+)@\\d+");
        try (Stream<Path> entries = Files.list(sandbox)) {
            return entries.map(entry -> entry.resolve("process"))
                    .filter(Files::exists)
                    .map(Aftermath::read)
                    .map(stamp::matcher)
                    .filter(Matcher::matches)
                    .map(pid -> Long.parseLong(pid.group(1)))
                    .toList();
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file, UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
