package io.github.rocketmigrate.sandbox;

/** When the servers of a sandbox end without a call of stop. */
public enum Lifetime {
    /** The servers end with the JVM that started them, even if that JVM is killed. */
    OF_THIS_PROCESS,
    /** The servers run as long as their folder exists. */
    UNTIL_STOPPED
}
