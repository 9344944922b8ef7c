package io.github.rocketmigrate.report;

import static java.util.Objects.requireNonNull;

import io.github.rocketmigrate.model.Position;
import io.github.rocketmigrate.text.Printable;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** Writes a JUnit report, so that any CI server shows failed checks as failed tests. */
public final class JUnitFile {
    /**
     * One test case of the report.
     *
     * @param name that is the same in each run: CI servers compare tests by their names
     * @param type the kind of failure; empty if the case did not fail
     * @param text of a failure: the problem, its place, the fix and the page with more about it
     * @param took how long the case took; zero if nothing was measured
     * @param line of the plan where its object stands; empty for a case about both clusters
     */
    public record Case(
            String name,
            CaseResult result,
            String type,
            String message,
            String text,
            Duration took,
            Optional<CaseLine> line) {
        public Case {
            requireNonNull(name, "name is null");
            requireNonNull(result, "result is null");
            requireNonNull(text, "text is null");
            requireNonNull(took, "took is null");
            requireNonNull(line, "line is null");
        }

        public static Case passed(String name) {
            return passed(name, Duration.ZERO);
        }

        public static Case passed(String name, Duration took) {
            return new Case(name, CaseResult.PASSED, "", "", "", took, Optional.empty());
        }

        static Case failed(String name, String type, String message, FailureText text) {
            return new Case(name, CaseResult.FAILED, type, message, text.toString(), Duration.ZERO, Optional.empty());
        }

        /** A case that could not be judged, because the goal failed. */
        static Case error(String name, String message, FailureText text) {
            return new Case(name, CaseResult.ERROR, "error", message, text.toString(), Duration.ZERO, Optional.empty());
        }

        public static Case skipped(String name, String message) {
            return new Case(name, CaseResult.SKIPPED, "", message, "", Duration.ZERO, Optional.empty());
        }

        /** The same case with the place of its object in the plan's file. */
        Case at(String file, Optional<Position> at) {
            return new Case(
                    name, result, type, message, text, took, at.map(position -> new CaseLine(file, position.line())));
        }

        private Case named(String other) {
            return new Case(other, result, type, message, text, took, line);
        }

        /** Both as one case: the worse result, with everything that went wrong. */
        private Case and(Case other) {
            if (result != other.result) {
                return result.compareTo(other.result) > 0 ? this : other;
            }
            return new Case(
                    name,
                    result,
                    type,
                    joined(message, other.message, " "),
                    joined(text, other.text, "\n"),
                    took.plus(other.took),
                    line.or(other::line));
        }

        private static String joined(String one, String other, String between) {
            return one.contains(other) ? one : one + between + other;
        }
    }

    /** A line of a plan's file, as the user named the file. */
    public record CaseLine(String file, int line) {
        public CaseLine {
            requireNonNull(file, "file is null");
        }
    }

    /** Several changes of one object are one case. */
    static List<Case> merged(List<Case> cases) {
        Map<String, Case> byName = new LinkedHashMap<>();
        cases.forEach(one -> byName.merge(one.name(), one, Case::and));
        return List.copyOf(byName.values());
    }

    /** Several problems of one kind are a case each, told apart by a number and not by a line, which moves. */
    static List<Case> numbered(List<Case> cases) {
        Map<String, Integer> seen = new HashMap<>();
        return cases.stream()
                .map(one -> {
                    int number = seen.merge(one.name(), 1, Integer::sum);
                    return number == 1 ? one : one.named(one.name() + " (" + number + ")");
                })
                .toList();
    }

    /** The JUnit results that a case can have, the worst last. */
    public enum CaseResult {
        PASSED(""),
        SKIPPED("skipped"),
        FAILED("failure"),
        ERROR("error");

        /** The element that shows it; a passed case has none. */
        private final String element;

        CaseResult(String element) {
            this.element = element;
        }
    }

    private static final double MILLISECONDS = 1_000;

    /** The attributes of a suite without failed tests, next to each other as they are written. */
    private static final String NOTHING_FAILED = "failures=\"0\" errors=\"0\"";

    private final Provenance provenance;

    public JUnitFile(Provenance provenance) {
        this.provenance = requireNonNull(provenance, "provenance is null");
    }

    /** The name that CI servers search for: {@code TEST-migrate-GOAL.xml}. */
    public static String name(String goal) {
        return "TEST-migrate-" + goal + ".xml";
    }

    /**
     * Writes the report of a goal.
     *
     * @param read when the goal knew its result; its duration counts from the beginning of the run
     */
    public void write(Path folder, String goal, List<Case> cases, Instant read) throws IOException {
        StringWriter text = new StringWriter();
        try {
            XMLStreamWriter xml = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(text);
            xml.writeStartDocument("UTF-8", "1.0");
            suite(xml, "migrate:" + goal, cases, read);
            xml.writeEndDocument();
            xml.close();
        } catch (XMLStreamException e) {
            throw new IOException(e);
        }
        WholeFile.write(folder.resolve(name(goal)), text + "\n");
    }

    /** Whether the report that a goal has left says that something failed; false if it has left none. */
    public static boolean hasFailed(Path folder, String goal) throws IOException {
        Path file = folder.resolve(name(goal));
        return Files.exists(file) && !Files.readString(file).contains(NOTHING_FAILED);
    }

    private void suite(XMLStreamWriter xml, String name, List<Case> cases, Instant read) throws XMLStreamException {
        xml.writeStartElement("testsuite");
        xml.writeAttribute("name", name);
        xml.writeAttribute(
                "timestamp", provenance.at().truncatedTo(ChronoUnit.SECONDS).toString());
        Duration took = Duration.between(provenance.at(), read);
        xml.writeAttribute("time", seconds(took));
        xml.writeAttribute("tests", Integer.toString(cases.size()));
        xml.writeAttribute("failures", count(cases, CaseResult.FAILED));
        xml.writeAttribute("errors", count(cases, CaseResult.ERROR));
        xml.writeAttribute("skipped", count(cases, CaseResult.SKIPPED));
        for (Case one : cases) {
            xml.writeStartElement("testcase");
            xml.writeAttribute("classname", name);
            xml.writeAttribute("name", Printable.of(one.name()));
            if (one.line().isPresent()) {
                xml.writeAttribute("file", Printable.of(one.line().get().file()));
                xml.writeAttribute("line", Integer.toString(one.line().get().line()));
            }
            xml.writeAttribute("time", seconds(one.took()));
            if (one.result() != CaseResult.PASSED) {
                xml.writeStartElement(one.result().element);
                if (!one.type().isEmpty()) {
                    xml.writeAttribute("type", one.type());
                }
                xml.writeAttribute("message", Printable.of(one.message()));
                xml.writeCharacters(Printable.lines(one.text()));
                xml.writeEndElement();
            }
            xml.writeEndElement();
        }
        xml.writeEndElement();
    }

    private static String seconds(Duration took) {
        return String.format(Locale.ROOT, "%.3f", Math.max(0, took.toMillis()) / MILLISECONDS);
    }

    private static String count(List<Case> cases, CaseResult result) {
        return Long.toString(
                cases.stream().filter(one -> one.result() == result).count());
    }
}
