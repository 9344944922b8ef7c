package io.github.rocketmigrate.sandbox;

/** When the servers of a sandbox end by themselves. */
public enum Lifetime {
    /** With the JVM that started them, however it ends. */
    OF_THIS_PROCESS,
    /** Never, while their folder is there. */
    UNTIL_STOPPED
}
