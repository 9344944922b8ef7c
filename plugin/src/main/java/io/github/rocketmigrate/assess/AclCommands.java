package io.github.rocketmigrate.assess;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toCollection;

import io.github.rocketmigrate.cluster.AclRule;
import io.github.rocketmigrate.text.ShellWord;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/** Writes the commands of {@code mqadmin} that create users and rules of ACL 2.0 at the destination. */
final class AclCommands {
    /** A command with more resources could become too long for a shell. */
    private static final int MOST_RESOURCES = 50;

    private final String target;

    /** @param nameServers of the destination */
    AclCommands(List<String> nameServers, String cluster) {
        target = " -n " + ShellWord.of(String.join(";", nameServers)) + " -c " + ShellWord.of(cluster);
    }

    /** The secret is that of the source: the clients keep it. The command has a placeholder, for nobody prints a secret. */
    String create(String user, boolean isAdmin) {
        return "mqadmin createUser" + target + " -u " + ShellWord.of(user) + " -p "
                + ShellWord.of("<secret of " + user + ">") + " -t " + (isAdmin ? "Super" : "Normal");
    }

    String enable(String user) {
        return "mqadmin updateUser" + target + " -u " + ShellWord.of(user) + " -s enable";
    }

    /** Rules with the same actions share a command. */
    List<String> grant(String user, List<AclRule> rules) {
        List<String> commands = new ArrayList<>();
        rules.stream()
                .collect(groupingBy(
                        rule -> new AclRule("", rule.actions(), rule.isAllowed(), rule.sourceIps()),
                        LinkedHashMap::new,
                        toCollection(ArrayList::new)))
                .forEach((alike, all) -> {
                    List<String> resources =
                            List.copyOf(all.stream().map(AclRule::resource).collect(toCollection(TreeSet::new)));
                    for (int i = 0; i < resources.size(); i += MOST_RESOURCES) {
                        commands.add(grant(
                                user, alike, resources.subList(i, Math.min(resources.size(), i + MOST_RESOURCES))));
                    }
                });
        return commands;
    }

    private String grant(String user, AclRule alike, List<String> resources) {
        SortedSet<String> addresses = alike.sourceIps();
        return "mqadmin createAcl" + target + " -s " + ShellWord.of("User:" + user) + " -r "
                + ShellWord.of(String.join(",", resources)) + " -a "
                + ShellWord.of(String.join(",", alike.actions())) + " -d " + (alike.isAllowed() ? "Allow" : "Deny")
                + (addresses.isEmpty() ? "" : " -i " + ShellWord.of(String.join(",", addresses)));
    }
}
