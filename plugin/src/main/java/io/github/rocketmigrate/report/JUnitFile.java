package io.github.rocketmigrate.report;

import io.github.rocketmigrate.plan.Problem;
import io.github.rocketmigrate.plan.Severity;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** Writes a JUnit report, so that any CI server shows problems of a plan as failed tests. */
public final class JUnitFile {
    private static final String NAME = "TEST-migrate-validate.xml";
    private static final String SUITE = "migrate:validate";

    public void write(Path folder, ValidationReport report) throws IOException {
        StringWriter text = new StringWriter();
        try {
            XMLStreamWriter xml = XMLOutputFactory.newInstance().createXMLStreamWriter(text);
            xml.writeStartDocument("UTF-8", "1.0");
            suite(xml, report);
            xml.writeEndDocument();
            xml.close();
        } catch (XMLStreamException e) {
            throw new IOException(e);
        }
        WholeFile.write(folder.resolve(NAME), text + "\n");
    }

    private static void suite(XMLStreamWriter xml, ValidationReport report) throws XMLStreamException {
        List<Problem> errors = report.reading().problems().stream()
                .filter(problem -> problem.severity() == Severity.ERROR)
                .toList();
        xml.writeStartElement("testsuite");
        xml.writeAttribute("name", SUITE);
        xml.writeAttribute("tests", Integer.toString(Math.max(1, errors.size())));
        xml.writeAttribute("failures", Integer.toString(errors.size()));
        xml.writeAttribute("errors", "0");
        xml.writeAttribute("skipped", "0");
        if (errors.isEmpty()) {
            testCase(xml, report.name() + " is valid");
            xml.writeEndElement();
        }
        for (Problem error : errors) {
            testCase(xml, error.rule().code() + " " + report.name() + ":" + error.at());
            xml.writeStartElement("failure");
            xml.writeAttribute("type", error.rule().code());
            xml.writeAttribute("message", error.what());
            xml.writeEndElement();
            xml.writeEndElement();
        }
        xml.writeEndElement();
    }

    private static void testCase(XMLStreamWriter xml, String name) throws XMLStreamException {
        xml.writeStartElement("testcase");
        xml.writeAttribute("classname", SUITE);
        xml.writeAttribute("name", name);
    }
}
