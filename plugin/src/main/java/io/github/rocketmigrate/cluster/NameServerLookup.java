package io.github.rocketmigrate.cluster;

import static java.util.Objects.requireNonNull;

import java.util.Map;
import java.util.Set;

/**
 * Where a broker gets its name servers from, as its settings say. A broker looks at them in this order when it starts, so
 * one that has started with {@link Server#NAME_SERVERS} never asks an address server.
 */
public sealed interface NameServerLookup {
    /** Makes a broker ask an address server if it starts without {@link Server#NAME_SERVERS}. */
    String BY_ADDRESS_SERVER = "fetchNamesrvAddrByAddressServer";

    /** Makes a broker ask DNS for the host of {@link Server#NAME_SERVERS}, which is a single name then. */
    String BY_DNS = "fetchNameSrvAddrByDnsLookup";

    /** The host of the address server, with its port unless that is 8080. */
    String DOMAIN = "rmqAddressServerDomain";

    /** The last part of the address server's path. */
    String SUBGROUP = "rmqAddressServerSubGroup";

    /** All names of settings that say it. */
    Set<String> SETTINGS = Set.of(Server.NAME_SERVERS, BY_ADDRESS_SERVER, BY_DNS, DOMAIN, SUBGROUP);

    /** Its setting has the addresses of all of them. */
    record Listed() implements NameServerLookup {}

    /**
     * It asks an address server every two minutes or more often.
     *
     * @param url of the address server, or the one that is asked if the command line of the broker names no other
     */
    record ByAddressServer(String url) implements NameServerLookup {
        private static final String USUAL_HOST = "jmenv.tbsite.net";
        private static final String USUAL_PATH = "nsaddr";
        private static final String USUAL_PORT = "8080";

        public ByAddressServer {
            requireNonNull(url, "url is null");
        }

        static ByAddressServer of(Map<String, String> settings) {
            String host = settings.getOrDefault(DOMAIN, USUAL_HOST);
            return new ByAddressServer("http://" + host + (host.indexOf(':') > 0 ? "" : ":" + USUAL_PORT) + "/rocketmq/"
                    + settings.getOrDefault(SUBGROUP, USUAL_PATH));
        }
    }

    /**
     * It asks DNS every two minutes and registers with every address that it gets, at one port.
     *
     * @param host the name that it asks for
     * @param port of all its name servers
     */
    record ByDns(String host, String port) implements NameServerLookup {
        public ByDns {
            requireNonNull(host, "host is null");
            requireNonNull(port, "port is null");
        }

        static ByDns of(String setting) {
            int colon = setting.indexOf(':');
            return colon < 0
                    ? new ByDns(setting, "")
                    : new ByDns(setting.substring(0, colon), setting.substring(colon + 1));
        }
    }

    /** Its settings name nothing: its command line may have, or its settings were changed after it started. */
    record Unreported() implements NameServerLookup {}

    /** What the settings of a server say. */
    static NameServerLookup of(Server server) {
        Map<String, String> settings = server.settings();
        if (!server.nameServers().isEmpty()) {
            return knowsDns(server) && isSet(settings, BY_DNS)
                    ? ByDns.of(settings.get(Server.NAME_SERVERS).strip())
                    : new Listed();
        }
        return isSet(settings, BY_ADDRESS_SERVER) ? ByAddressServer.of(settings) : new Unreported();
    }

    /** Whether a broker that has name servers in its settings now may have started without, and asks an address server. */
    static boolean mayIgnoreSettings(Server server) {
        return of(server) instanceof Listed && isSet(server.settings(), BY_ADDRESS_SERVER);
    }

    private static boolean knowsDns(Server server) {
        return server.version().isAtLeast(5, 1, 0);
    }

    private static boolean isSet(Map<String, String> settings, String name) {
        return Boolean.parseBoolean(settings.get(name));
    }
}
