package io.github.rocketmigrate.report;

import static java.util.Objects.requireNonNull;

import io.github.rocketmigrate.text.Names;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Prints what has to be done before blocked changes can be made, owner by owner. */
final class ToDoText {
    private static final int MOST_TASKS = 20;
    private static final int MOST_NAMED = 5;
    private static final int DETAIL = 8;

    private final Terminal terminal;
    private final Layout layout;
    private final Set<String> explained = new HashSet<>();

    ToDoText(Terminal terminal) {
        this.terminal = requireNonNull(terminal, "terminal is null");
        this.layout = new Layout(terminal);
    }

    void print(PlanReport report) {
        List<ToDo> all = report.toDo();
        if (all.isEmpty()) {
            return;
        }
        layout.heading("To do");
        int shown = 0;
        int left = 0;
        for (ToDo one : all) {
            layout.text(2, one.owner(), terminal::strong);
            for (ToDo.ToDoItem task : one.items()) {
                if (shown < MOST_TASKS) {
                    print(task);
                    shown++;
                } else {
                    left++;
                }
            }
        }
        if (left > 0) {
            layout.text(2, "and " + left + " more; see " + ResultFile.NAME);
        }
    }

    private void print(ToDo.ToDoItem task) {
        layout.item("    ! ", heading(task), terminal::bad);
        layout.text(DETAIL, task.what());
        if (!task.fix().isEmpty()) {
            layout.text(DETAIL, task.fix());
        }
        // The page explains all findings of a check, so its address is printed once.
        task.help().stream().filter(explained::add).forEach(page -> layout.address(DETAIL, "= help:", page));
        if (!task.toPaste().lines().isEmpty()) {
            layout.text(DETAIL, task.toPaste().where());
            task.toPaste().lines().forEach(line -> layout.line(DETAIL + 2, line));
        }
    }

    /** {@code order-events, payments: consumers-switched failed}. */
    static String heading(ToDo.ToDoItem task) {
        String what = task.checks().isEmpty() ? task.state() : String.join(", ", task.checks()) + " " + task.state();
        return task.objects().isEmpty() ? what : Names.of(task.objects(), MOST_NAMED) + ": " + what;
    }
}
