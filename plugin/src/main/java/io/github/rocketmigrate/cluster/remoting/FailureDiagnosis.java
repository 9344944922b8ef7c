package io.github.rocketmigrate.cluster.remoting;

import static java.util.Objects.requireNonNull;

import io.github.rocketmigrate.cluster.PlanPositions;
import io.github.rocketmigrate.cluster.remoting.RequestGroup.Asked;
import io.github.rocketmigrate.model.Fault;
import io.github.rocketmigrate.model.Tls;
import io.github.rocketmigrate.text.ConnectionProblem;
import io.github.rocketmigrate.text.Counts;
import io.github.rocketmigrate.wire.ProtocolProbe;
import io.github.rocketmigrate.wire.ReadRequest;
import io.github.rocketmigrate.wire.ReadingConnection;
import io.github.rocketmigrate.wire.Refused;
import io.github.rocketmigrate.wire.TlsProbe;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.apache.rocketmq.remoting.exception.RemotingException;
import org.apache.rocketmq.remoting.exception.RemotingTimeoutException;
import org.apache.rocketmq.remoting.protocol.ResponseCode;

/**
 * Finds out why a server did not answer, and reports it as a fault that names the server and a fix.
 *
 * <p>Longer than 300 lines: every failure of a server has its sentence, its fix and its page here.
 */
final class FailureDiagnosis {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(3);
    private static final String FRAME_PROPERTY = "com.rocketmq.remoting.frameMaxLength";
    private static final int USUAL_FRAME = 16 * 1024 * 1024;
    private static final Set<ReadRequest> LONG_ANSWERS =
            EnumSet.of(ReadRequest.TOPICS, ReadRequest.GROUPS, ReadRequest.OFFSETS, ReadRequest.PRODUCERS);

    private static final String USUAL_PORT = "9876";

    private static final Set<ReadRequest> TO_NAME_SERVERS = EnumSet.of(
            ReadRequest.BROKERS, ReadRequest.TOPIC_NAMES, ReadRequest.ROUTE, ReadRequest.NOTE, ReadRequest.NOTES);

    private final String side;
    private final PlanPositions positions;
    private final ReadingConnection connection;

    FailureDiagnosis(String side, PlanPositions positions, ReadingConnection connection) {
        this.side = requireNonNull(side, "side is null");
        this.positions = requireNonNull(positions, "positions is null");
        this.connection = requireNonNull(connection, "connection is null");
    }

    static Throwable cause(Throwable failure) {
        boolean wrapped = failure instanceof CompletionException || failure instanceof ExecutionException;
        return wrapped && failure.getCause() != null ? cause(failure.getCause()) : failure;
    }

    /**
     * Finds the one cause of all failures of a server.
     *
     * @param failed the requests that the server did not answer; a broken connection fails all of them
     */
    Fault fault(List<Asked<?>> failed) throws InterruptedException {
        Fault fault = cause(failed);
        return fault.at().isPresent()
                ? fault
                : fault.at(positions.nameServer(failed.get(0).address()));
    }

    private Fault cause(List<Asked<?>> failed) throws InterruptedException {
        for (Asked<?> asked : failed) {
            if (failure(asked) instanceof Refused refused) {
                return refused(asked, refused);
            }
        }
        Asked<?> asked = failed.get(0);
        Throwable failure = failure(asked);
        String server = server(asked);
        if (!(failure instanceof RemotingException)) {
            return new Fault(
                            server + " was asked for " + asked.request().what()
                                    + " and sent an answer that cannot be read: " + failure,
                            "Check that it is a RocketMQ server, 4.x or 5.x.",
                            failure)
                    .withHelp(ConnectionProblem.UNREADABLE.help());
        }
        Optional<Fault> unreachable = unreachable(server, asked.address(), failure);
        if (unreachable.isPresent()) {
            return unreachable.get();
        }
        Optional<Fault> untrusted = untrusted(server, asked.address(), failure);
        if (untrusted.isPresent()) {
            return untrusted.get();
        }
        Optional<Fault> notRocket = notRocket(asked, failure);
        if (notRocket.isPresent()) {
            return notRocket.get();
        }
        Optional<Fault> tooLong = tooLong(server, failed);
        if (tooLong.isPresent()) {
            return tooLong.get();
        }
        if (failure instanceof RemotingTimeoutException) {
            return new Fault(
                            server + " accepts connections, but did not answer within "
                                    + Counts.seconds(connection.timeout()) + " when asked for "
                                    + asked.request().what() + ".",
                            isToNameServer(asked)
                                    ? "Check that a name server listens there, usually on port 9876, and that it is neither overloaded"
                                            + " nor suspended."
                                    : "Check that it is a RocketMQ server, and neither overloaded nor suspended.",
                            failure)
                    .withHelp(ConnectionProblem.NO_ANSWER.help());
        }
        boolean isTls = connection.encryption().tls().isOn();
        if (TlsProbe.speaksOtherwise(asked.address(), isTls, asked.request())) {
            return new Fault(
                            server + (isTls ? " does not speak TLS." : " speaks TLS only."),
                            "Set " + side + ".tls: " + !isTls + ".",
                            failure)
                    .withHelp(ConnectionProblem.TLS.help());
        }
        return new Fault(
                        server + " closed the connection when asked for "
                                + asked.request().what() + " (" + failure.getMessage() + ").",
                        isToNameServer(asked)
                                ? "Check that a name server listens there, usually on port 9876, then run again."
                                : "If this broker restarts, wait until it is up, then run again. Otherwise read its log of this"
                                        + " moment, and check that a RocketMQ broker listens at this address.",
                        failure)
                .withHelp(ConnectionProblem.CLOSED.help());
    }

    private Optional<Fault> untrusted(String server, String address, Throwable failure) {
        return connection.encryption().tls() == Tls.VERIFIED
                ? TlsProbe.distrust(address, connection.encryption())
                        .map(why -> new Fault(
                                        server + " has a certificate that is not trusted: " + why + ".",
                                        "If the server is the right one, name a file with the certificate of its authority:"
                                                + " -Dmigrate.trustedCertificates=ca.pem. To connect without verifying"
                                                + " certificates, set " + side + ".tls: insecure.",
                                        failure)
                                .withHelp(ConnectionProblem.CERTIFICATE.help()))
                : Optional.empty();
    }

    /** Repeats each request with a long answer on its own: an answer that is too long breaks the connection again. */
    private Optional<Fault> tooLong(String server, List<Asked<?>> failed) throws InterruptedException {
        for (Asked<?> asked : failed) {
            boolean suspicious =
                    LONG_ANSWERS.contains(asked.request()) && !(failure(asked) instanceof RemotingTimeoutException);
            if (suspicious
                    && answers(asked.address(), ReadRequest.RUNTIME)
                    && !answers(asked.address(), asked.request())) {
                int frame = Integer.getInteger(FRAME_PROPERTY, USUAL_FRAME);
                return Optional.of(new Fault(
                                server + " answers, but not when asked for "
                                        + asked.request().what() + ": the answer is longer than a frame (limit " + frame
                                        + " bytes).",
                                "Raise the limit: mvn -D" + FRAME_PROPERTY + "=" + 4L * frame + " …",
                                failure(asked))
                        .withHelp(ConnectionProblem.TOO_LONG.help()));
            }
        }
        return Optional.empty();
    }

    private static Throwable failure(Asked<?> asked) throws InterruptedException {
        try {
            asked.answer().get();
            throw new IllegalStateException("no failure");
        } catch (ExecutionException e) {
            return cause(e);
        }
    }

    private String server(Asked<?> asked) {
        return "The " + side + "'s " + (isToNameServer(asked) ? "name server " : "broker ") + asked.address();
    }

    private static boolean isToNameServer(Asked<?> asked) {
        return TO_NAME_SERVERS.contains(asked.request());
    }

    /** Recognizes the port of a web server or of a proxy's gRPC server in the place of a name server. */
    private Optional<Fault> notRocket(Asked<?> asked, Throwable failure) {
        return isToNameServer(asked)
                ? ProtocolProbe.protocol(asked.address())
                        .map(protocol -> notNameServer(asked.address(), protocol.server(), failure))
                : Optional.empty();
    }

    /** The usual port is no hint for somebody who has given it. */
    static String notNameServer(String address, String server) {
        return address + " is " + server + ", not a name server"
                + (address.endsWith(":" + USUAL_PORT) ? "." : "; name servers usually listen on " + USUAL_PORT + ".");
    }

    private Fault notNameServer(String address, String server, Throwable failure) {
        return new Fault(
                        notNameServer(address, server),
                        "Set " + side + ".nameServers to the addresses of the " + side + "'s name servers.",
                        failure)
                .withHelp(ConnectionProblem.NOT_A_NAME_SERVER.help());
    }

    private Fault refused(Asked<?> asked, Refused refused) throws InterruptedException {
        boolean ofRights = isOfRights(refused);
        if (isToNameServer(asked) && (ofRights || isUnknownRequest(refused))) {
            return new ServerKind(connection, asked.address()).isNoNameServer(side, positions.others(), refused);
        }
        String what =
                server(asked) + " denied the request for " + asked.request().what() + ": "
                        + firstSentence(refused.getMessage())
                        + (ofRights ? "." : " (code " + refused.code() + ")");
        if (!ofRights) {
            return new Fault(
                    what,
                    "Run again if it has just been started; otherwise look into its log for the reason.",
                    refused);
        }
        return new Fault(
                        what,
                        connection
                                .user()
                                .map(
                                        user -> "Check that settings.xml has the right secret of user '" + user
                                                + "', in the server that " + side
                                                + ".credentials names, and that this user may read topics, groups and broker settings.")
                                .orElse("The server requires credentials: name a server of settings.xml as " + side
                                        + ".credentials."),
                        refused)
                .withHelp(ConnectionProblem.DENIED.help())
                .at(positions.credentials());
    }

    static boolean isUnknownRequest(Refused refused) {
        return refused.code() == ResponseCode.REQUEST_CODE_NOT_SUPPORTED;
    }

    /** Whether access control refused it: ACL 2.0 has a code for this, the ACL of 4.x an exception in the text. */
    static boolean isOfRights(Refused refused) {
        return refused.code() == ResponseCode.NO_PERMISSION
                || refused.getMessage().contains("AclException");
    }

    /** The first sentence of a remark. Brokers append the position in their code, and some a link. */
    static String firstSentence(String remark) {
        String text = remark.replaceFirst("^(org\\.apache\\.rocketmq\\.[\\w.]+Exception: )+", "");
        int end = text.indexOf(", org.apache.");
        String line =
                (end < 0 ? text : text.substring(0, end)).lines().findFirst().orElse("");
        int see = line.indexOf("See http");
        return (see < 0 ? line : line.substring(0, see)).strip().replaceFirst("\\.+$", "");
    }

    private Optional<Fault> unreachable(String server, String address, Throwable failure) {
        int colon = address.lastIndexOf(':');
        String host = address.substring(0, Math.max(0, colon));
        InetSocketAddress place = new InetSocketAddress(host, Integer.parseInt(address.substring(colon + 1)));
        boolean isBroker = server.contains("broker");
        String nextStep = isBroker
                ? "The broker registered this address (its setting brokerIP1): make it reachable from here."
                : "Check " + side + ".nameServers, and that the name server can be reached from here.";
        if (place.isUnresolved()) {
            return Optional.of(new Fault(
                            server + ": host '" + host + "' cannot be resolved.",
                            isBroker ? nextStep : "Correct the host name, or make it resolvable on this machine.",
                            failure)
                    .withHelp(ConnectionProblem.UNKNOWN_HOST.help()));
        }
        try (Socket socket = new Socket()) {
            socket.connect(place, (int) CONNECT_TIMEOUT.toMillis());
            return Optional.empty();
        } catch (SocketTimeoutException e) {
            String what = " cannot be reached: no connection within " + Counts.seconds(CONNECT_TIMEOUT) + ".";
            return Optional.of(new Fault(server + what, nextStep, e).withHelp(ConnectionProblem.NO_CONNECTION.help()));
        } catch (ConnectException e) {
            return Optional.of(new Fault(
                            server + " refuses connections: no process listens at this address.",
                            isBroker
                                    ? "Start the broker. If it runs, correct the address that it registers (its setting brokerIP1)."
                                    : "Start the name server, or correct " + side + ".nameServers.",
                            e)
                    .withHelp(ConnectionProblem.REFUSED.help()));
        } catch (IOException e) {
            return Optional.of(new Fault(server + " cannot be reached: " + e.getMessage() + ".", nextStep, e)
                    .withHelp(ConnectionProblem.NO_CONNECTION.help()));
        }
    }

    private boolean answers(String address, ReadRequest request) throws InterruptedException {
        try {
            connection.ask(address, request).get();
            return true;
        } catch (ExecutionException e) {
            return cause(e) instanceof Refused;
        }
    }
}
