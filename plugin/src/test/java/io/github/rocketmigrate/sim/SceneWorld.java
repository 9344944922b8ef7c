package io.github.rocketmigrate.sim;

import io.github.rocketmigrate.cluster.ClusterWriter;
import io.github.rocketmigrate.model.ServerVersion;
import io.github.rocketmigrate.model.Side;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * Two clusters of one broker and one name server each, with clients, in which a {@link Scene} is played: real servers, or
 * the simulated ones.
 */
interface SceneWorld extends AutoCloseable {
    /** The time of this world. */
    Duration now();

    /** Lets time pass. */
    void pause(Duration duration) throws InterruptedException;

    /** The release of the servers of a side. */
    ServerVersion version(Side side);

    /** Reads and changes a cluster as the product does. */
    ClusterWriter cluster(Side side);

    /** Starts a member of a group that uses the name server of one side; it begins to consume where clients do by default. */
    void startConsumer(Member member) throws Exception;

    /** Starts a producer that sends a message after the other, and repeats one that was refused after a while. */
    void startProducer(String name, Side nameServer, String topic) throws Exception;

    /** Shuts a client down in order. */
    void stop(String client) throws Exception;

    /** Sends messages to the broker of one side, to one queue after the other. */
    void send(Side side, String topic, int queues, int count) throws Exception;

    /** Waits until no other scene uses the servers. */
    void awaitOthers() throws InterruptedException;

    /** Ends a server at once, as the loss of its machine would. */
    void kill(String server) throws Exception;

    /** Starts a killed server with its files. It takes some time until it listens. */
    void launch(String server) throws Exception;

    boolean listens(String server) throws Exception;

    /** What clients have done so far, in no order. */
    List<ClientEvent> clientEvents() throws Exception;

    @Override
    void close();

    static String broker(Side side) {
        return side.word() + "-a";
    }

    static String nameServer(Side side) {
        return side.word() + "-nameserver";
    }

    /**
     * A member of a group.
     *
     * @param takes the time that a message takes
     */
    record Member(String name, String group, boolean orderly, Side nameServer, Set<String> topics, Duration takes) {}

    /** Something that a client has done, such as "sends to source-a". */
    record ClientEvent(Duration at, String client, String what) {}
}
