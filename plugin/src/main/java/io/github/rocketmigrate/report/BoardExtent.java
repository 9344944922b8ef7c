package io.github.rocketmigrate.report;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * How much of a board is shown. A page that refreshes itself has to fit its window, because a terminal cannot return to
 * lines that have scrolled away.
 *
 * @param isFolded whether only {@code mostRows} rows are shown, those with a problem first, and the others are counted
 * @param mostRows the rows of all batches of a folded board
 * @param omitted what is left out
 */
record BoardExtent(boolean isFolded, int mostRows, Set<Part> omitted) {
    static final BoardExtent WHOLE = new BoardExtent(false, Integer.MAX_VALUE, Set.of());
    static final BoardExtent WITH_FIRST_FIXES = new BoardExtent(false, Integer.MAX_VALUE, Set.of(Part.ALL_FIXES));
    static final BoardExtent WITHOUT_LEGEND =
            new BoardExtent(false, Integer.MAX_VALUE, Set.of(Part.ALL_FIXES, Part.LEGEND));

    /** What a board can do without, in the order in which it makes room for rows. */
    enum Part {
        /** All things to do; the first ones stay. */
        ALL_FIXES,
        /** The explanation of the columns. */
        LEGEND,
        /** Notes and warnings, which are counted instead. */
        NOTES,
        /** A line for each batch without a row; they share one. */
        BATCHES,
        /** What the rows without room are at; one line counts them all. */
        STATES,
        /** The number of old clients, and of the notes. */
        OLD_CLIENTS,
        /** The run at work. */
        LEASE,
        /** The address of the page about fences. */
        HELP,
        /** The number of rows without room: without it, a board looks as if it were whole. */
        HIDDEN_ROWS
    }

    BoardExtent {
        omitted = Collections.unmodifiableSet(omitted.isEmpty() ? EnumSet.noneOf(Part.class) : EnumSet.copyOf(omitted));
    }

    /** Folded boards with so many rows, from the one with most around its rows to the one with least. */
    static List<BoardExtent> folded(int mostRows) {
        List<BoardExtent> all = new ArrayList<>();
        for (Part last : EnumSet.range(Part.LEGEND, Part.HIDDEN_ROWS)) {
            all.add(new BoardExtent(true, mostRows, EnumSet.range(Part.ALL_FIXES, last)));
        }
        return all;
    }

    /** The same with another number of rows. */
    BoardExtent with(int rows) {
        return new BoardExtent(isFolded, rows, omitted);
    }

    boolean shows(Part part) {
        return !omitted.contains(requireNonNull(part, "part is null"));
    }

    boolean hasLegend() {
        return shows(Part.LEGEND);
    }

    boolean hasNotes() {
        return shows(Part.NOTES);
    }

    boolean mergesBatches() {
        return !shows(Part.BATCHES);
    }
}
