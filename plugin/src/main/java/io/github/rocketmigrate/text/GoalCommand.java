package io.github.rocketmigrate.text;

import java.util.ArrayList;
import java.util.List;

/** Writes commands that can be pasted as they are, in the folder in which the user has called a goal. */
public final class GoalCommand {
    /** The plan's file that goals read unless the user names another one. */
    public static final String USUAL_FILE = "migration.yaml";

    private GoalCommand() {}

    /**
     * {@code mvn migrate:plan -Dmigrate.file=shop.yaml …}.
     *
     * @param file the plan's file as the user named it
     * @param parameters of the goal, see {@link #parameter}
     */
    public static String of(String file, String goal, List<String> parameters) {
        List<String> words = new ArrayList<>(List.of("mvn migrate:" + goal));
        if (!file.equals(USUAL_FILE)) {
            words.add(parameter("file", file));
        }
        words.addAll(parameters);
        return String.join(" ", words);
    }

    /** {@code -Dmigrate.batch=web}, protected from the shell where it has spaces or patterns. */
    public static String parameter(String name, String value) {
        return "-Dmigrate." + name + "=" + (value.isEmpty() ? "" : ShellWord.of(value));
    }
}
