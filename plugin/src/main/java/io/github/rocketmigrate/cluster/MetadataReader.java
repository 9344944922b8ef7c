package io.github.rocketmigrate.cluster;

import java.util.List;
import java.util.Set;

/** Reads the metadata of one cluster: what its servers store in files, so that a copy of these files could answer too. */
public interface MetadataReader extends AutoCloseable {
    /** Reads the brokers and topics that each name server lists: two requests for each name server. */
    List<NameServer> nameServers() throws InterruptedException;

    /**
     * Reads brokers, topics and groups: a few requests for each server, whatever the number of topics.
     *
     * @param foreign addresses of brokers that the name servers list but that belong to another cluster
     */
    Metadata metadata(List<NameServer> nameServers, Set<String> foreign) throws InterruptedException;

    /** Reads the offsets of all groups: one request for each master. */
    ConsumerOffsets consumerOffsets(Metadata metadata) throws InterruptedException;

    @Override
    void close();
}
