package io.github.rocketmigrate.plan;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Loads the profiles of destinations from resources, each at most once. */
final class Profiles {
    static final String DEFAULT = "apache";

    private Profiles() {}

    private static final Map<String, Optional<Profile>> READ = new ConcurrentHashMap<>();

    static Optional<Profile> named(String name) {
        return name.matches("[a-z0-9-]+") ? READ.computeIfAbsent(name, Profiles::read) : Optional.empty();
    }

    private static Optional<Profile> read(String name) {
        ObjectMapper yaml = YAMLMapper.builder().addModule(new Jdk8Module()).build();
        try (InputStream file = Profiles.class.getResourceAsStream("/profiles/" + name + ".yaml")) {
            return file == null ? Optional.empty() : Optional.of(yaml.readValue(file, Profile.class));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
