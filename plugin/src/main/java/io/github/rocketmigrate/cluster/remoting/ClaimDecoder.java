package io.github.rocketmigrate.cluster.remoting;

import static java.util.Objects.requireNonNull;

import io.github.rocketmigrate.cluster.Claim;
import io.github.rocketmigrate.text.Counts;
import io.github.rocketmigrate.wire.Refused;
import io.github.rocketmigrate.wire.WriteRequest;
import io.github.rocketmigrate.wire.WritingConnection;
import org.apache.rocketmq.remoting.exception.RemotingTimeoutException;

/** Turns the failure of a request to change a server into a {@link Claim} that names the server and a fix. */
final class ClaimDecoder {
    private final String side;
    private final WritingConnection connection;

    /** Messages name the cluster by {@code side}, such as "source". */
    ClaimDecoder(String side, WritingConnection connection) {
        this.side = requireNonNull(side, "side is null");
        this.connection = requireNonNull(connection, "connection is null");
    }

    /** The claim that follows from a failure; {@code server} is in words, such as "broker source-a". */
    Claim failed(String server, WriteRequest request, Throwable failure) {
        String name = "The " + side + "'s " + server;
        if (failure instanceof Refused refused) {
            return rejected(name, request, refused);
        }
        return new Claim.Unanswered(
                failure instanceof RemotingTimeoutException
                        ? name + " did not answer within " + Counts.seconds(connection.timeout())
                        : name + " closed the connection before it answered");
    }

    private Claim rejected(String server, WriteRequest request, Refused refused) {
        String reason = FailureDiagnosis.firstSentence(refused.getMessage());
        if (!FailureDiagnosis.isOfRights(refused)) {
            return new Claim.Rejected(
                    server + " refused: " + reason + " (code " + refused.code() + ")",
                    "Look into its log for the reason and fix it, then run again.",
                    false);
        }
        return new Claim.Rejected(
                server + " denied the change: " + reason,
                connection
                        .reading()
                        .user()
                        .map(user -> "Give user '" + user + "' the right to " + right(request) + ".")
                        .orElse("The server requires credentials: name a server of settings.xml as " + side
                                + ".credentials."),
                true);
    }

    /** The right that a request needs, in the words of both kinds of ACL. */
    private static String right(WriteRequest request) {
        return switch (request) {
            case TOPIC, TOPICS, GROUP, GROUPS ->
                "create and update topics and groups: actions Create, Update of Topic:*, Group:* and the cluster with"
                        + " ACL 2.0, admin: true with the ACL of 4.x";
            case REMOVE_TOPIC, REMOVE_GROUP ->
                "remove topics and groups: action Delete of Topic:*, Group:* with ACL 2.0, admin: true with the ACL of"
                        + " 4.x";
            case SETTINGS ->
                "change settings of brokers: action Update of the cluster with ACL 2.0, admin: true with the ACL of"
                        + " 4.x";
            case OFFSET ->
                "set offsets: action Sub of Topic:* and Group:* with ACL 2.0, admin: true with the ACL of 4.x";
            case ROUTE, REMOVE_ROUTE, PUT_NOTE, REMOVE_NOTE -> "write to name servers";
        };
    }
}
