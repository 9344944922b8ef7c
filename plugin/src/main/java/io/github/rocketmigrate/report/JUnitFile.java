package io.github.rocketmigrate.report;

import static java.util.Objects.requireNonNull;

import io.github.rocketmigrate.text.Printable;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** Writes a JUnit report, so that any CI server shows failed checks as failed tests. */
public final class JUnitFile {
    /**
     * One test case of the report.
     *
     * @param type the kind of failure; empty if the case did not fail
     * @param text of a failure: the problem, its place, the fix and the page with more about it
     * @param took how long the case took; zero if nothing was measured
     */
    public record Case(String name, CaseResult result, String type, String message, String text, Duration took) {
        public Case {
            requireNonNull(name, "name is null");
            requireNonNull(result, "result is null");
            requireNonNull(text, "text is null");
            requireNonNull(took, "took is null");
        }

        public static Case passed(String name) {
            return passed(name, Duration.ZERO);
        }

        public static Case passed(String name, Duration took) {
            return new Case(name, CaseResult.PASSED, "", "", "", took);
        }

        static Case failed(String name, String type, String message, FailureText text) {
            return new Case(name, CaseResult.FAILED, type, message, text.toString(), Duration.ZERO);
        }

        /** A case that could not be judged, because the goal failed. */
        static Case error(String name, String message, FailureText text) {
            return new Case(name, CaseResult.ERROR, "error", message, text.toString(), Duration.ZERO);
        }

        public static Case skipped(String name, String message) {
            return new Case(name, CaseResult.SKIPPED, "", message, "", Duration.ZERO);
        }
    }

    /** The JUnit results that a case can have. */
    public enum CaseResult {
        PASSED(""),
        FAILED("failure"),
        ERROR("error"),
        SKIPPED("skipped");

        /** The element that shows it; a passed case has none. */
        private final String element;

        CaseResult(String element) {
            this.element = element;
        }
    }

    private static final double MILLISECONDS = 1_000;

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
            XMLStreamWriter xml = XMLOutputFactory.newInstance().createXMLStreamWriter(text);
            xml.writeStartDocument("UTF-8", "1.0");
            suite(xml, "migrate:" + goal, cases, read);
            xml.writeEndDocument();
            xml.close();
        } catch (XMLStreamException e) {
            throw new IOException(e);
        }
        WholeFile.write(folder.resolve(name(goal)), text + "\n");
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
            if (!one.took().isZero()) {
                xml.writeAttribute("time", seconds(one.took()));
            }
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
