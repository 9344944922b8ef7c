package io.github.rocketmigrate.write;

import static java.util.Objects.requireNonNull;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The user, machine and commit of a run, taken from the CI server or from this machine.
 *
 * @param page the address of the pipeline's run
 */
public record Origin(String actor, String machine, Optional<String> commit, Optional<String> page) {
    /**
     * The variable with the commit that people see. In a pull request, GitHub's own variable has a temporary commit, which is the
     * merge of its head with the main branch.
     */
    public static final String COMMIT = "MIGRATE_COMMIT";

    private static final int LONGEST = 200;

    public Origin {
        requireNonNull(actor, "actor is null");
        requireNonNull(machine, "machine is null");
        requireNonNull(commit, "commit is null");
        requireNonNull(page, "page is null");
    }

    /**
     * Reads the origin from environment variables.
     *
     * @param environment the variables; those of GitHub, GitLab, Jenkins and Azure are known
     * @param user the user of this machine, if no variable names one
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
                first(environment, COMMIT, "GITHUB_SHA", "CI_COMMIT_SHA", "GIT_COMMIT", "BUILD_SOURCEVERSION")
                        .map(Origin::shortened),
                github.or(() -> first(environment, "CI_JOB_URL", "BUILD_URL")).map(Origin::shortened));
    }

    /** Reads the origin of this process. */
    public static Origin ofThisMachine() {
        String machine;
        try {
            machine = InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            machine = "a machine without a name";
        }
        return of(System.getenv(), System.getProperty("user.name", "somebody"), machine);
    }

    /** The same origin with this commit, if the CI server names none. */
    public Origin at(Optional<String> checkedOut) {
        return new Origin(actor, machine, commit.or(() -> checkedOut), page);
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

    /** Describes the origin for people. */
    public String words() {
        return actor + " on " + machine + page.map(it -> " (" + it + ")").orElse("");
    }
}
