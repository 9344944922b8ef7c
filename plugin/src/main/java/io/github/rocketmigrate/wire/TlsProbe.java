package io.github.rocketmigrate.wire;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.apache.rocketmq.remoting.protocol.RemotingCommand;

/** Tests whether a server that closes connections expects TLS, or expects no TLS. */
public final class TlsProbe {
    static final int TIMEOUT_MILLIS = 3_000;

    private TlsProbe() {}

    /**
     * Whether the server speaks TLS although {@code tls} is not set, or plain text although it is set.
     *
     * @param request a request that this kind of server knows; 4.x name servers never answer unknown requests
     */
    public static boolean speaksOtherwise(String address, boolean tls, ReadRequest request) {
        try (Socket socket = connect(address)) {
            return tls ? answersPlainly(socket, request) : shakesHands(socket, address);
        } catch (IOException | GeneralSecurityException e) {
            return false;
        }
    }

    /** Why the certificate of a server is not accepted; empty if it is, or if there was no handshake. */
    public static Optional<String> distrust(String address, Encryption encryption) {
        try (Socket socket = connect(address);
                SSLSocket secure = secure(socket, address, encryption.trust().getTrustManagers())) {
            secure.startHandshake();
            return Optional.empty();
        } catch (IOException | GeneralSecurityException e) {
            Throwable cause = e;
            while (cause != null && !(cause instanceof GeneralSecurityException)) {
                cause = cause.getCause();
            }
            return Optional.ofNullable(cause).map(Throwable::getMessage);
        }
    }

    private static Socket connect(String address) throws IOException {
        int colon = address.lastIndexOf(':');
        Socket socket = new Socket();
        socket.connect(
                new InetSocketAddress(address.substring(0, colon), Integer.parseInt(address.substring(colon + 1))),
                TIMEOUT_MILLIS);
        socket.setSoTimeout(TIMEOUT_MILLIS);
        return socket;
    }

    private static boolean answersPlainly(Socket socket, ReadRequest request) throws IOException {
        ByteBuffer question =
                RemotingCommand.createRequestCommand(request.code(), null).encode();
        byte[] bytes = new byte[question.remaining()];
        question.get(bytes);
        socket.getOutputStream().write(bytes);
        return new DataInputStream(socket.getInputStream()).readInt() > 0;
    }

    private static boolean shakesHands(Socket socket, String address) throws IOException, GeneralSecurityException {
        try (SSLSocket secure = secure(socket, address)) {
            secure.startHandshake();
            return true;
        }
    }

    /** Prepares a handshake. No certificate is verified, so nothing secret may be sent. */
    static SSLSocket secure(Socket socket, String address) throws IOException, GeneralSecurityException {
        return secure(socket, address, new TrustManager[] {new AnyCertificate()});
    }

    private static SSLSocket secure(Socket socket, String address, TrustManager[] trust)
            throws IOException, GeneralSecurityException {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust, null);
        return (SSLSocket) context.getSocketFactory().createSocket(socket, address, socket.getPort(), false);
    }

    private static final class AnyCertificate implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
