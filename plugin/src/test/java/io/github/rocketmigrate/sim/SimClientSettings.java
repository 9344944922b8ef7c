package io.github.rocketmigrate.sim;

import io.github.rocketmigrate.model.ServerVersion;

/**
 * The release of the clients of a world, and the intervals that applications can set.
 *
 * @param poll how often a client asks for routes
 * @param heartbeat how often it reports to brokers
 * @param rebalance how long a consumer waits after a rebalance before it does the next one
 * @param resend how long an application waits before it sends a message again that was refused
 */
record SimClientSettings(ServerVersion version, long poll, long heartbeat, long rebalance, long resend) {
    /** What clients do unless somebody changes it. */
    static final SimClientSettings USUAL = new SimClientSettings(
            new ServerVersion(5, 3, 2), 30 * World.SECONDS, 30 * World.SECONDS, 20 * World.SECONDS, World.SECONDS);
}
