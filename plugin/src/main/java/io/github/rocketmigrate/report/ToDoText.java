package io.github.rocketmigrate.report;

import static java.util.Objects.requireNonNull;

import io.github.rocketmigrate.check.Check;
import io.github.rocketmigrate.check.CheckRegistry;
import io.github.rocketmigrate.text.Names;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

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
            for (List<ToDo.ToDoItem> alike : alike(one.items())) {
                int room = Math.min(MOST_TASKS - shown, alike.size());
                if (room > 0) {
                    print(alike, room);
                }
                shown += room;
                left += alike.size() - room;
            }
        }
        if (left > 0) {
            layout.text(2, "and " + left + " more; see " + ResultFile.NAME);
        }
    }

    /** What tasks share that are printed together. */
    private record SharedFix(Set<String> checks, String state, String fix, ToDo.ToPaste toPaste) {}

    /** Several findings of a check with one fix are printed together if each says which object it is about. */
    private static Collection<List<ToDo.ToDoItem>> alike(List<ToDo.ToDoItem> tasks) {
        Map<Object, List<ToDo.ToDoItem>> alike = new LinkedHashMap<>();
        for (ToDo.ToDoItem task : tasks) {
            boolean mayShare = !task.fix().isEmpty() && task.objects().stream().allMatch(task.what()::contains);
            Object key = mayShare ? new SharedFix(task.checks(), task.state(), task.fix(), task.toPaste()) : task;
            alike.computeIfAbsent(key, one -> new ArrayList<>()).add(task);
        }
        return alike.values();
    }

    private void print(List<ToDo.ToDoItem> alike, int room) {
        ToDo.ToDoItem task = alike.get(0);
        Set<String> objects = new TreeSet<>();
        alike.forEach(one -> objects.addAll(one.objects()));
        layout.item("    ! ", heading(task, objects), terminal::bad);
        alike.stream().limit(room).forEach(one -> layout.text(DETAIL, one.what()));
        if (!task.fix().isEmpty()) {
            layout.text(DETAIL, task.fix());
        }
        // The page explains all findings of a check, so its address is printed once.
        alike.stream()
                .flatMap(one -> one.help().stream())
                .filter(explained::add)
                .forEach(page -> layout.address(DETAIL, "= help:", page));
        if (!task.toPaste().lines().isEmpty()) {
            layout.text(DETAIL, task.toPaste().where());
            task.toPaste().lines().forEach(line -> layout.line(DETAIL + 2, line));
        }
    }

    /** {@code order-events, payments: consumers-switched failed}. */
    static String heading(ToDo.ToDoItem task) {
        return heading(task, task.objects());
    }

    private static String heading(ToDo.ToDoItem task, Set<String> objects) {
        // What is unknown about a brake or a freeze holds a topic too, but nobody has stopped or frozen it.
        String what = Optional.of(task)
                .filter(one -> one.state().equals("failed") && one.checks().size() == 1)
                .flatMap(one -> CheckRegistry.of(one.checks().iterator().next()))
                .map(Check::whenFailed)
                .orElseGet(() -> task.state().equals("impossible")
                        ? "the change is impossible"
                        : (String.join(", ", task.checks()) + " " + task.state()).strip());
        return objects.isEmpty() ? what : Names.of(objects, MOST_NAMED) + ": " + what;
    }
}
