package io.github.rocketmigrate.cluster.remoting;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.alibaba.fastjson2.JSON;
import com.alibaba.fastjson2.JSONArray;
import com.alibaba.fastjson2.JSONObject;
import io.github.rocketmigrate.cluster.AclAccount;
import io.github.rocketmigrate.cluster.AclRule;
import io.github.rocketmigrate.cluster.AclTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Decodes accounts and their rules. Brokers send the secrets too: nothing here looks at them, and what is returned has none.
 * An exception of the parser may quote the text; callers must not pass it on.
 */
final class AclDecoder {
    private static final String SUPER = "Super";
    private static final String DISABLED = "disable";
    private static final String ALLOW = "Allow";
    private static final String USER_PREFIX = "User:";

    private AclDecoder() {}

    /** The answer of 4.6.1 to 4.9.7 and 5.0.0 to 5.1.4: what is in the files of ACL 1.0. */
    static AclTable plain(byte[] body) {
        JSONObject root = JSON.parseObject(new String(body, UTF_8));
        SortedMap<String, AclAccount> accounts = new TreeMap<>();
        for (JSONObject account : objects(root, "plainAccessConfigs")) {
            accounts.put(account.getString("accessKey"), account(account));
        }
        return AclTable.plain(accounts, new TreeSet<>(strings(root, "globalWhiteAddrs")));
    }

    private static AclAccount account(JSONObject account) {
        List<AclRule> rules = new ArrayList<>();
        strings(account, "topicPerms").forEach(rule -> add(rules, AclRule.TOPIC, rule));
        strings(account, "groupPerms").forEach(rule -> add(rules, AclRule.GROUP, rule));
        SortedMap<String, SortedSet<String>> defaults = new TreeMap<>();
        defaults.put(AclRule.TOPIC, actions(AclRule.TOPIC, account.getString("defaultTopicPerm")));
        defaults.put(AclRule.GROUP, actions(AclRule.GROUP, account.getString("defaultGroupPerm")));
        defaults.values().removeIf(Set::isEmpty);
        return new AclAccount(
                true,
                account.getBooleanValue("admin"),
                true,
                rules,
                defaults,
                Optional.ofNullable(account.getString("whiteRemoteAddress")).filter(address -> !address.isBlank()));
    }

    /** A rule such as {@code orders=PUB|SUB}. One of a single permission denies the other, whatever the default is. */
    private static void add(List<AclRule> rules, String type, String text) {
        int equals = text.indexOf('=');
        if (equals < 1) {
            return;
        }
        String resource = type + ":" + text.substring(0, equals).strip();
        SortedSet<String> allowed = actions(type, text.substring(equals + 1));
        SortedSet<String> denied = actions(type, "PUB|SUB");
        denied.removeAll(allowed);
        if (!allowed.isEmpty()) {
            rules.add(AclRule.allow(resource, allowed));
        }
        if (!denied.isEmpty()) {
            rules.add(AclRule.deny(resource, denied));
        }
    }

    /** Of a group, only the permission to receive is ever asked. */
    private static SortedSet<String> actions(String type, String permission) {
        SortedSet<String> actions = new TreeSet<>();
        switch (permission == null ? "" : permission.strip()) {
            case "PUB" -> actions.add(AclRule.SEND);
            case "SUB" -> actions.add(AclRule.RECEIVE);
            case "PUB|SUB", "SUB|PUB" -> actions.addAll(Set.of(AclRule.SEND, AclRule.RECEIVE));
            default -> {} // denied
        }
        if (type.equals(AclRule.GROUP)) {
            actions.remove(AclRule.SEND);
        }
        return actions;
    }

    /** The users of ACL 2.0, with their policies. An empty body has none. */
    static AclTable users(byte[] users, byte[] policies) {
        SortedMap<String, List<AclRule>> rules = rules(policies);
        SortedMap<String, AclAccount> accounts = new TreeMap<>();
        for (JSONObject user : objects(users)) {
            String name = user.getString("username");
            accounts.put(
                    name,
                    new AclAccount(
                            false,
                            SUPER.equalsIgnoreCase(user.getString("userType")),
                            !DISABLED.equalsIgnoreCase(user.getString("userStatus")),
                            rules.getOrDefault(name, List.of()),
                            new TreeMap<>(),
                            Optional.empty()));
        }
        return AclTable.ofUsers(accounts);
    }

    private static SortedMap<String, List<AclRule>> rules(byte[] policies) {
        SortedMap<String, List<AclRule>> rules = new TreeMap<>();
        for (JSONObject ofSubject : objects(policies)) {
            String subject = String.valueOf(ofSubject.getString("subject"));
            if (!subject.startsWith(USER_PREFIX)) {
                continue;
            }
            List<AclRule> all =
                    rules.computeIfAbsent(subject.substring(USER_PREFIX.length()), key -> new ArrayList<>());
            for (JSONObject policy : objects(ofSubject, "policies")) {
                for (JSONObject entry : objects(policy, "entries")) {
                    all.add(new AclRule(
                            entry.getString("resource"),
                            new TreeSet<>(strings(entry, "actions")),
                            ALLOW.equalsIgnoreCase(entry.getString("decision")),
                            new TreeSet<>(strings(entry, "sourceIps"))));
                }
            }
        }
        return rules;
    }

    private static List<JSONObject> objects(byte[] body) {
        return body.length == 0
                ? List.of()
                : objects(new JSONObject(Map.of("all", JSON.parseArray(new String(body, UTF_8)))), "all");
    }

    private static List<JSONObject> objects(JSONObject object, String key) {
        JSONArray array = object.getJSONArray(key);
        return array == null ? List.of() : array.toList(JSONObject.class);
    }

    private static List<String> strings(JSONObject object, String key) {
        JSONArray array = object.getJSONArray(key);
        return array == null ? List.of() : array.toList(String.class);
    }
}
