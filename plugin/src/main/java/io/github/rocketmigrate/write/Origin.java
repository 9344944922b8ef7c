package io.github.rocketmigrate.write;

import static java.util.Objects.requireNonNull;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Who runs this, where, and for which commit, as far as a CI server or the machine tells.
 *
 * @param page of the pipeline's run
 */
public record Origin(String actor, String machine, Optional<String> commit, Optional<String> page) {
    private static final int LONGEST = 200;

    public Origin {
        requireNonNull(actor, "actor is null");
        requireNonNull(machine, "machine is null");
        requireNonNull(commit, "commit is null");
        requireNonNull(page, "page is null");
    }

    /**
     * Finds out.
     *
     * @param environment variables; those of GitHub, GitLab, Jenkins and Azure are known
     * @param user of this machine
     */
    public static Origin of(Map<String, String> environment, String user, String machine) {
        Optional<String> github = first(environment, "GITHUB_SERVER_URL")
                .flatMap(server -> first(environment, "GITHUB_REPOSITORY")
                        .flatMap(repository -> first(environment, "GITHUB_RUN_ID")
                                .map(run -> server + "/" + repository + "/actions/runs/" + run)));
        return new Origin(
                shortened(first(environment, "GITHUB_ACTOR", "GITLAB_USER_LOGIN", "BUILD_USER_ID", "BUILD_REQUESTEDFOR")
                        .orElse(user)),
                shortened(machine),
                first(environment, "GITHUB_SHA", "CI_COMMIT_SHA", "GIT_COMMIT", "BUILD_SOURCEVERSION")
                        .map(Origin::shortened),
                github.or(() -> first(environment, "CI_JOB_URL", "BUILD_URL")).map(Origin::shortened));
    }

    /** The same for this process. */
    public static Origin ofThisMachine() {
        String machine;
        try {
            machine = InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            machine = "a machine without a name";
        }
        return of(System.getenv(), System.getProperty("user.name", "somebody"), machine);
    }

    private static Optional<String> first(Map<String, String> environment, String... names) {
        return Stream.of(names)
                .map(environment::get)
                .filter(value -> value != null && !value.isBlank())
                .findFirst();
    }

    private static String shortened(String text) {
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST);
    }

    /** In words for people. */
    public String words() {
        return actor + " on " + machine + page.map(it -> " (" + it + ")").orElse("");
    }
}
