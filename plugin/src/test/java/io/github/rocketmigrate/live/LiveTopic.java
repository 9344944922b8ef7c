package io.github.rocketmigrate.live;

import static java.util.Objects.requireNonNull;

import io.github.rocketmigrate.model.ConsumeOrder;
import io.github.rocketmigrate.model.MessageType;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** A topic of the live traffic, with the groups that consume it; a group of several topics stands in each of them. */
public record LiveTopic(String name, MessageType kind, List<LiveGroup> groups) {
    private static final int FIELDS_OF_TOPIC = 2;
    private static final int FIELDS_OF_GROUP = 4;

    public LiveTopic {
        requireNonNull(name, "name is null");
        if (kind == MessageType.MIXED) {
            throw new IllegalArgumentException(name + " needs one kind of message");
        }
        groups = List.copyOf(groups);
    }

    public LiveTopic(String name, MessageType kind, LiveGroup... groups) {
        this(name, kind, List.of(groups));
    }

    /** The same with its groups changed; those that become {@code null} are left out. */
    LiveTopic with(UnaryOperator<LiveGroup> change) {
        return new LiveTopic(
                name,
                kind,
                groups.stream().map(change).filter(group -> group != null).toList());
    }

    /** What {@link #of} reads. */
    List<String> fields() {
        List<String> fields = new ArrayList<>(List.of(name, kind.name()));
        for (LiveGroup group : groups) {
            fields.addAll(List.of(
                    group.name(),
                    group.order().name(),
                    Long.toString(group.millis()),
                    Integer.toString(group.members())));
        }
        return fields;
    }

    static LiveTopic of(List<String> fields) {
        List<LiveGroup> groups = new ArrayList<>();
        for (int i = FIELDS_OF_TOPIC; i < fields.size(); i += FIELDS_OF_GROUP) {
            groups.add(new LiveGroup(
                    fields.get(i),
                    ConsumeOrder.valueOf(fields.get(i + 1)),
                    Long.parseLong(fields.get(i + 2)),
                    Integer.parseInt(fields.get(i + 3))));
        }
        return new LiveTopic(fields.get(0), MessageType.valueOf(fields.get(1)), groups);
    }
}
