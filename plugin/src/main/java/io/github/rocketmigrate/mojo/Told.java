package io.github.rocketmigrate.mojo;

import io.github.rocketmigrate.model.Fault;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.logging.Log;

/** A fault as Maven prints it: what is wrong, then what to do; the stack trace only where somebody debugs. */
final class Told {
    private Told() {}

    static MojoExecutionException of(Fault fault, Log log) {
        log.debug(fault);
        return new MojoExecutionException(fault.getMessage() + "\n" + fault.nextStep());
    }
}
