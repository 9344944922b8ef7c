package io.github.rocketmigrate.sandbox;

import io.github.rocketmigrate.model.ServerVersion;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives tests the {@link Endpoints} of a seeded sandbox. The first test that needs the sandbox starts it.
 *
 * <p>Tests that share the sandbox only read it, or use topics and groups of their own. The sandbox ends with the JVM that
 * runs the tests: idle brokers still use a tenth of a processor.
 */
public final class SandboxExtension implements ParameterResolver {
    private static final Namespace NAMESPACE = Namespace.create(SandboxExtension.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Endpoints.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getRoot()
                .getStore(NAMESPACE)
                .computeIfAbsent(Shared.class, key -> Shared.start(), Shared.class)
                .endpoints();
    }

    private record Shared(Sandbox sandbox, Endpoints endpoints) implements AutoCloseable {
        static Shared start() {
            // Test classes run side by side, each JVM in a folder of its own.
            Sandbox sandbox = Sandbox.in(Path.of(System.getProperty("sharedSandbox", "target/test-sandbox")));
            SandboxSettings settings = new SandboxSettings(
                    new ServerVersion(4, 9, 7), new ServerVersion(5, 5, 0), 1, false, false, true, false, "384m");
            return new Shared(
                    sandbox,
                    sandbox.start(settings, new LocalServerJars(), Lifetime.OF_THIS_PROCESS, new QuietProgress())
                            .endpoints());
        }

        @Override
        public void close() {
            sandbox.stop(Lifetime.OF_THIS_PROCESS);
        }
    }
}
