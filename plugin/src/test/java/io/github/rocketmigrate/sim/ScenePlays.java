package io.github.rocketmigrate.sim;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The plays of one scene. On a busy machine clients may be late: only what differs in each play is a difference. */
final class ScenePlays {
    private final List<SceneComparison> plays = new ArrayList<>();

    void add(SceneComparison play) {
        plays.add(play);
    }

    /** Whether no difference is in all plays. */
    boolean isSame() {
        return differences().isEmpty();
    }

    /** What differs in each play. */
    Set<String> differences() {
        Set<String> common = new LinkedHashSet<>();
        for (SceneComparison play : plays) {
            if (play == plays.get(0)) {
                common.addAll(play.differences());
            } else {
                common.retainAll(play.differences());
            }
        }
        return common;
    }

    /** All plays, side by side with the simulator, and what differs in each. */
    String words() {
        StringBuilder text = new StringBuilder();
        for (int play = 0; play < plays.size(); play++) {
            text.append("play ")
                    .append(play + 1)
                    .append('\n')
                    .append(plays.get(play).sideBySide());
            plays.get(play)
                    .differences()
                    .forEach(difference -> text.append(difference).append('\n'));
        }
        differences()
                .forEach(difference ->
                        text.append("in each play, ").append(difference).append('\n'));
        return text.toString();
    }
}
