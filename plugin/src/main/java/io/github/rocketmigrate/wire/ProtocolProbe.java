package io.github.rocketmigrate.wire;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.util.Optional;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/** Recognizes servers of other protocols, with and without TLS, by their answer to an HTTP request. */
public final class ProtocolProbe {
    private static final byte[] REQUEST = "GET / HTTP/1.0\r\n\r\n".getBytes(US_ASCII);
    private static final int FRAME_HEADER = 9;
    private static final int TYPE = 3;
    private static final int SETTINGS = 4;
    private static final int GO_AWAY = 7;

    private ProtocolProbe() {}

    /** A protocol that is not RocketMQ's. */
    public enum Protocol {
        HTTP("a web server"),
        GRPC("the gRPC port of a proxy"),
        SSH("an SSH server");

        private final String server;

        Protocol(String server) {
            this.server = server;
        }

        /** Its server in words, with an article. */
        public String server() {
            return server;
        }
    }

    /** Asks the server in both ways; empty if it speaks RocketMQ's protocol, an unknown one, or does not answer. */
    public static Optional<Protocol> protocol(String address) {
        return ask(address, false).or(() -> ask(address, true));
    }

    private static Optional<Protocol> ask(String address, boolean tls) {
        int colon = address.lastIndexOf(':');
        InetSocketAddress place =
                new InetSocketAddress(address.substring(0, colon), Integer.parseInt(address.substring(colon + 1)));
        try (Socket socket = new Socket()) {
            socket.connect(place, TlsProbe.TIMEOUT_MILLIS);
            socket.setSoTimeout(TlsProbe.TIMEOUT_MILLIS);
            return tls ? askSecurely(socket, address) : answer(socket);
        } catch (IOException | GeneralSecurityException e) {
            return Optional.empty();
        }
    }

    private static Optional<Protocol> askSecurely(Socket socket, String address)
            throws IOException, GeneralSecurityException {
        try (SSLSocket secure = TlsProbe.secure(socket, address)) {
            SSLParameters parameters = secure.getSSLParameters();
            parameters.setApplicationProtocols(new String[] {"h2", "http/1.1"});
            secure.setSSLParameters(parameters);
            secure.startHandshake();
            return answer(secure);
        }
    }

    private static Optional<Protocol> answer(Socket socket) throws IOException {
        socket.getOutputStream().write(REQUEST);
        socket.getOutputStream().flush();
        InputStream in = socket.getInputStream();
        byte[] first = in.readNBytes(FRAME_HEADER);
        String text = new String(first, US_ASCII);
        if (text.startsWith("HTTP/")) {
            return Optional.of(Protocol.HTTP);
        }
        if (text.startsWith("SSH-")) {
            return Optional.of(Protocol.SSH);
        }
        boolean frame =
                first.length == FRAME_HEADER && first[0] == 0 && (first[TYPE] == SETTINGS || first[TYPE] == GO_AWAY);
        return frame ? Optional.of(Protocol.GRPC) : Optional.empty();
    }
}
