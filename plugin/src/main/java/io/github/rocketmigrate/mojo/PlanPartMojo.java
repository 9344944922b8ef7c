package io.github.rocketmigrate.mojo;

import io.github.rocketmigrate.observe.Selection;
import org.apache.maven.plugins.annotations.Parameter;

/** The parameters of every goal that can be limited to some batches and topics of the plan. */
abstract class PlanPartMojo extends ServersMojo {
    /**
     * Batches to work on, separated by commas. Groups of other batches that consume their topics are included. Default:
     * all batches.
     * @since 0.1.0
     */
    @Parameter(property = "migrate.batch")
    private String batch;

    /**
     * Patterns of topics to work on, separated by commas: {@code *} matches any text, {@code ?} one character. The
     * groups that consume these topics are included. Default: all topics.
     * @since 0.1.0
     */
    @Parameter(property = "migrate.topic")
    private String topic;

    /**
     * Patterns of topics to leave out, separated by commas. Default: none.
     * @since 0.1.0
     */
    @Parameter(property = "migrate.excludeTopic")
    private String excludeTopic;

    final Selection selection() {
        return Selection.of(batch, topic, excludeTopic);
    }
}
