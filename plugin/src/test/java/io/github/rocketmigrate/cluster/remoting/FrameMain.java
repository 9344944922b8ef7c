package io.github.rocketmigrate.cluster.remoting;

import io.github.rocketmigrate.cluster.ClusterReader;
import io.github.rocketmigrate.model.Fault;
import java.util.Optional;

/** Reads a cluster and prints what is in the way. */
public final class FrameMain {
    private FrameMain() {}

    public static void main(String[] args) throws InterruptedException {
        try (ClusterReader reader = Readers.of("source", args[0], Optional.empty(), Optional.empty())) {
            Readers.metadata(reader);
            System.out.println("read");
        } catch (Fault fault) {
            System.out.println(fault.getMessage() + "\n" + fault.nextStep());
        }
    }
}
