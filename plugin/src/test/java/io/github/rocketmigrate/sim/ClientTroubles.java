package io.github.rocketmigrate.sim;

import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SplittableRandom;

/** What befalls clients: members hang, crash and start again, and clients poll their routes at an unlucky moment. */
final class ClientTroubles {
    private static final long MOST_OFFLINE = 2 * World.MINUTES;
    /** A write and those around it in the same step take less than that. */
    private static final long STEP = 60 * World.MILLIS;

    private final World world;
    private final SplittableRandom random;
    private final Applications applications;

    ClientTroubles(World world, SplittableRandom random, Applications applications) {
        this.world = world;
        this.random = random;
        this.applications = applications;
    }

    private List<SimConsumer> consumers() {
        return List.copyOf(applications.consumers().values());
    }

    private SimConsumer one() {
        List<SimConsumer> all = consumers();
        return all.get(random.nextInt(all.size()));
    }

    private List<SimConsumer> members(String group) {
        return consumers().stream()
                .filter(consumer -> consumer.group().equals(group))
                .toList();
    }

    /** A slow database holds up all members of a group. */
    void hangGroup() {
        long lasting = 10 * World.SECONDS + random.nextLong(4 * World.MINUTES);
        members(one().group()).forEach(consumer -> consumer.stall(lasting));
    }

    /** All members of a group end, and start some time later. */
    void crashGroup() {
        long lasting = MOST_OFFLINE / 4 + random.nextLong(MOST_OFFLINE);
        members(one().group()).forEach(consumer -> crash(consumer, lasting));
    }

    void crashOne() {
        crash(one(), World.SECONDS + random.nextLong(MOST_OFFLINE));
    }

    /**
     * Members of broadcasting groups do not crash: no broker knows what they have not read, so a topic may move without
     * them, as the documentation says.
     */
    private void crash(SimConsumer consumer, long lasting) {
        if (consumer.isStopped() || consumer.local().isPresent()) {
            return;
        }
        world.history().say(consumer.id(), "crashes");
        consumer.crash();
        world.turns().after(lasting, () -> {
            SortedMap<String, SimConsumer> now = applications.consumers();
            // People may have replaced it in the meantime.
            if (Optional.ofNullable(now.get(consumer.id()))
                            .filter(consumer::equals)
                            .isPresent()
                    && !world.isEnded()) {
                applications.replace(consumer.again());
            }
        });
    }

    /** Some clients poll their routes around a write: those whose turn it is just then. */
    void pollSome() {
        applications.producers().forEach(this::pollPerhaps);
        consumers().forEach(this::pollPerhaps);
    }

    private void pollPerhaps(SimClient client) {
        if (random.nextBoolean()) {
            world.turns().after(random.nextLong(STEP), () -> {
                if (!client.isStopped()) {
                    client.pollAll();
                }
            });
        }
    }
}
