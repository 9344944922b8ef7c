package io.github.rocketmigrate.plan;

import static java.util.Objects.requireNonNull;

/**
 * The text of a plan to which something may be added.
 *
 * @param mark the byte order mark, if the file has one
 * @param text what follows it
 * @param reading of the text; its plan may lack batches
 */
public record WrittenPlan(String mark, String text, PlanReading reading) {
    public WrittenPlan {
        requireNonNull(mark, "mark is null");
        requireNonNull(text, "text is null");
        requireNonNull(reading, "reading is null");
    }

    /** The whole text of the file. */
    public String whole() {
        return mark + text;
    }
}
