package io.github.rocketmigrate.cluster;

/** A way to look at one cluster. It has no way to change one. */
public interface ClusterReader extends AutoCloseable {
    /** The brokers that the name servers list, and how much they hold. */
    ClusterOverview overview() throws InterruptedException;

    @Override
    void close();
}
