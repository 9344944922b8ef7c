package io.github.rocketmigrate.wire;

import static java.util.Objects.requireNonNull;

import io.github.rocketmigrate.model.Fault;
import io.github.rocketmigrate.model.Tls;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.Collection;
import java.util.Optional;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManagerFactory;
import org.apache.rocketmq.remoting.netty.TlsSystemConfig;

/**
 * How connections to a cluster are encrypted, and whose certificates they accept. RocketMQ's client has one setting for
 * all clusters of a JVM, and it accepts any certificate unless told otherwise.
 *
 * <p>Names in certificates are not compared: brokers register by IP addresses, which few certificates have.
 *
 * @param authorities a file with the certificates of private authorities; without it, those of the JVM count
 */
public record Encryption(Tls tls, Optional<Path> authorities) {
    public static final Encryption NONE = new Encryption(Tls.OFF, Optional.empty());

    /** Encrypts, and accepts any certificate. */
    public static final Encryption INSECURE = new Encryption(Tls.INSECURE, Optional.empty());

    public Encryption {
        requireNonNull(tls, "tls is null");
        requireNonNull(authorities, "authorities is null");
    }

    /** What Netty needs for it; empty without encryption. */
    Optional<SslContext> context() {
        if (!tls.isOn()) {
            return Optional.empty();
        }
        try {
            SslContextBuilder builder =
                    SslContextBuilder.forClient().sslProvider(SslProvider.JDK).trustManager(trust());
            // RocketMQ's own properties, for servers that ask clients for a certificate.
            if (isSet(TlsSystemConfig.tlsClientCertPath) && isSet(TlsSystemConfig.tlsClientKeyPath)) {
                builder.keyManager(
                        new File(TlsSystemConfig.tlsClientCertPath),
                        new File(TlsSystemConfig.tlsClientKeyPath),
                        isSet(TlsSystemConfig.tlsClientKeyPassword) ? TlsSystemConfig.tlsClientKeyPassword : null);
            }
            return Optional.of(builder.build());
        } catch (SSLException | IllegalArgumentException e) {
            throw new Fault(
                    "Connections with TLS cannot be prepared: " + e.getMessage(),
                    "Check the files that tls.client.certPath and tls.client.keyPath name.",
                    e);
        }
    }

    private static boolean isSet(String property) {
        return property != null && !property.isEmpty();
    }

    /** Decides which certificates are accepted. */
    TrustManagerFactory trust() {
        if (tls == Tls.INSECURE) {
            return InsecureTrustManagerFactory.INSTANCE;
        }
        try {
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(authorities.isPresent() ? store(authorities.get()) : null);
            return trust;
        } catch (IOException | GeneralSecurityException e) {
            throw authorities
                    .map(file -> unreadable(file, e))
                    .orElseGet(() -> new Fault(
                            "The trusted certificates of this JVM cannot be read: " + e.getMessage(),
                            "Name a file with those of your servers' authority: -Dmigrate.trustedCertificates=ca.pem.",
                            e));
        }
    }

    private static Fault unreadable(Path file, Exception cause) {
        return new Fault(
                "The trusted certificates cannot be read from " + file + ": " + cause.getMessage(),
                "Set migrate.trustedCertificates to a file with the certificates of your servers' authority in PEM"
                        + " format.",
                cause);
    }

    private static KeyStore store(Path file) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        try (InputStream in = Files.newInputStream(file)) {
            Collection<? extends Certificate> all =
                    CertificateFactory.getInstance("X.509").generateCertificates(in);
            if (all.isEmpty()) {
                throw new CertificateException("it has no certificate");
            }
            for (Certificate one : all) {
                store.setCertificateEntry("authority-" + store.size(), one);
            }
        }
        return store;
    }
}
