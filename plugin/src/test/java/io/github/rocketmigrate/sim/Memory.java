package io.github.rocketmigrate.sim;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Takes images of everything that can change in a small world, and puts the world back to an image. It looks at all fields
 * of all objects, so that a field that is new in a simulated server or client cannot be forgotten. Two images are one if
 * nothing in them differs.
 */
final class Memory {
    /** Objects that change. All others are values. */
    private static final Set<Class<?>> CHANGING = Set.of(
            SimBroker.class,
            SimServer.class,
            SimNameServer.class,
            SimQueue.class,
            SimProducer.class,
            SimConsumer.class,
            AssignedQueue.class,
            Ledger.class,
            SmallWorld.State.class);

    private static final Set<Class<?>> COLLECTIONS =
            Set.of(ArrayList.class, ArrayDeque.class, TreeSet.class, TreeMap.class, HashMap.class);

    /** Pulls that wait for a message: steps say whether a pull would get one. */
    private static final String WAITING = "waiting";

    private final List<Object> roots;
    private final Map<Class<?>, List<Field>> fields = new HashMap<>();
    private final Map<List<Object>, Integer> numbers = new HashMap<>();
    private final List<List<Object>> contents = new ArrayList<>();
    private final Map<List<Integer>, Image> images = new HashMap<>();

    /** Stands for the object of an image that has this place. */
    private record Reference(int place) {}

    /** The world at a moment; there is one image of all equal moments. */
    static final class Image {
        private final Object[] objects;
        private final List<Integer> contents;

        private Image(Object[] objects, List<Integer> contents) {
            this.objects = objects;
            this.contents = contents;
        }
    }

    Memory(List<Object> roots) {
        this.roots = List.copyOf(roots);
    }

    /** How many different images were taken. */
    int size() {
        return images.size();
    }

    Image take() {
        IdentityHashMap<Object, Integer> places = new IdentityHashMap<>();
        List<Object> objects = new ArrayList<>();
        roots.forEach(root -> place(root, places, objects));
        List<Integer> all = new ArrayList<>();
        for (int i = 0; i < objects.size(); i++) {
            List<Object> content = content(objects.get(i), places, objects);
            Integer known = numbers.get(content);
            if (known == null) {
                known = contents.size();
                numbers.put(content, known);
                contents.add(content);
            }
            all.add(known);
        }
        return images.computeIfAbsent(all, key -> new Image(objects.toArray(), key));
    }

    private static Object place(Object object, IdentityHashMap<Object, Integer> places, List<Object> objects) {
        Integer known = places.get(object);
        if (known == null) {
            known = objects.size();
            places.put(object, known);
            objects.add(object);
        }
        return new Reference(known);
    }

    private List<Object> content(Object object, IdentityHashMap<Object, Integer> places, List<Object> objects) {
        List<Object> parts = new ArrayList<>();
        if (object instanceof Map<?, ?> map) {
            Collection<? extends Map.Entry<?, ?>> entries = map.entrySet();
            if (map instanceof HashMap) {
                entries = entries.stream()
                        .sorted(Comparator.comparing(entry -> entry.getKey().toString()))
                        .toList();
            }
            entries.forEach(entry -> {
                parts.add(entry.getKey());
                parts.add(part(entry.getValue(), places, objects));
            });
        } else if (object instanceof Collection<?> collection) {
            collection.forEach(one -> parts.add(part(one, places, objects)));
        } else {
            fields(object).forEach(field -> parts.add(part(value(field, object), places, objects)));
        }
        return parts;
    }

    private static Object part(Object value, IdentityHashMap<Object, Integer> places, List<Object> objects) {
        boolean changes =
                value != null && (CHANGING.contains(value.getClass()) || COLLECTIONS.contains(value.getClass()));
        return changes ? place(value, places, objects) : value;
    }

    private static Object value(Field field, Object object) {
        try {
            return field.getName().equals(WAITING) ? null : field.get(object);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    private List<Field> fields(Object object) {
        return fields.computeIfAbsent(object.getClass(), type -> {
            List<Field> all = new ArrayList<>();
            for (Class<?> declaring = type; declaring != Object.class; declaring = declaring.getSuperclass()) {
                Arrays.stream(declaring.getDeclaredFields())
                        .filter(field -> !Modifier.isStatic(field.getModifiers()))
                        .forEach(all::add);
            }
            all.forEach(field -> field.setAccessible(true));
            return all;
        });
    }

    void restore(Image image) {
        Object[] objects = image.objects;
        for (int i = 0; i < objects.length; i++) {
            fill(objects[i], contents.get(image.contents.get(i)), objects);
        }
    }

    @SuppressWarnings("unchecked")
    private void fill(Object object, List<Object> content, Object[] objects) {
        if (object instanceof Map<?, ?> map) {
            map.clear();
            for (int i = 0; i < content.size(); i += 2) {
                ((Map<Object, Object>) map).put(content.get(i), resolved(content.get(i + 1), objects));
            }
        } else if (object instanceof Collection<?> collection) {
            collection.clear();
            content.forEach(one -> ((Collection<Object>) collection).add(resolved(one, objects)));
        } else {
            List<Field> all = fields(object);
            for (int i = 0; i < content.size(); i++) {
                set(all.get(i), object, resolved(content.get(i), objects));
            }
        }
    }

    private static Object resolved(Object part, Object[] objects) {
        return part instanceof Reference reference ? objects[reference.place()] : part;
    }

    private static void set(Field field, Object object, Object value) {
        try {
            if (field.getName().equals(WAITING)) {
                ((Collection<?>) field.get(object)).clear();
            } else if (!Modifier.isFinal(field.getModifiers())) {
                field.set(object, value);
            }
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }
}
