package io.github.rocketmigrate.sim;

import static java.util.stream.Collectors.toCollection;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.LongFunction;
import java.util.function.Supplier;
import net.bytebuddy.ByteBuddy;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.description.method.MethodDescription;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.dynamic.ClassFileLocator;
import net.bytebuddy.dynamic.DynamicType;
import net.bytebuddy.implementation.MethodDelegation;
import net.bytebuddy.matcher.ElementMatcher;
import net.bytebuddy.matcher.ElementMatchers;
import net.bytebuddy.pool.TypePool;

/** Loads the product and the simulator once more, with the patches of a mutant, and notices which of them are called. */
final class MutantLoader extends ClassLoader {
    static final String BASE = "io.github.rocketmigrate.";

    private final Mutant mutant;
    private final boolean replaces;
    private final ClassFileLocator files;

    MutantLoader(Mutant mutant) {
        this(mutant, true);
    }

    private MutantLoader(Mutant mutant, boolean replaces) {
        super(MutantLoader.class.getClassLoader());
        this.mutant = mutant;
        this.replaces = replaces;
        this.files = ClassFileLocator.ForClassLoader.of(MutantLoader.class.getClassLoader());
    }

    /** Loads the product as it is, and notices which methods are called of those that mutants replace. */
    static MutantLoader ofProduct() {
        List<Mutant.Patch> patches = Mutant.all().stream()
                .flatMap(mutant -> mutant.patches().stream())
                .toList();
        return new MutantLoader(new Mutant("none", patches), false);
    }

    /** The patches whose methods nobody has called. */
    @SuppressWarnings("unchecked")
    SortedSet<String> uncalled() {
        try {
            Set<String> called = ((Supplier<Set<String>>) loadClass(CalledMethods.class.getName())
                            .getConstructor()
                            .newInstance())
                    .get();
            return mutant.patches().stream()
                    .map(Mutant.Patch::name)
                    .filter(name -> !called.contains(BASE + name))
                    .collect(toCollection(TreeSet::new));
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What the mutant violates in a seed. */
    @SuppressWarnings("unchecked")
    LongFunction<String> seeds() {
        try {
            return (LongFunction<String>)
                    loadClass(Seeds.class.getName()).getConstructor().newInstance();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What the mutant violates in a rung, with the shortest way to it of at most {@code most} steps and kills. */
    @SuppressWarnings("unchecked")
    Function<String, String> rungs(int most) {
        try {
            return (Function<String, String>) loadClass(RungExplorer.class.getName())
                    .getConstructor(int.class)
                    .newInstance(most);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (!name.startsWith(BASE)) {
            return super.loadClass(name, resolve);
        }
        synchronized (getClassLoadingLock(name)) {
            Class<?> known = findLoadedClass(name);
            return known == null ? define(name) : known;
        }
    }

    private Class<?> define(String name) throws ClassNotFoundException {
        try {
            List<Mutant.Patch> patches = mutant.patches().stream()
                    .filter(patch -> name.equals(BASE + patch.type()))
                    .toList();
            byte[] bytes = patches.isEmpty() ? bytes(name) : patched(name, patches);
            return defineClass(name, bytes, 0, bytes.length);
        } catch (IOException e) {
            throw new ClassNotFoundException(name, e);
        }
    }

    private byte[] bytes(String name) throws ClassNotFoundException, IOException {
        try (InputStream file = getParent().getResourceAsStream(name.replace('.', '/') + ".class")) {
            if (file == null) {
                throw new ClassNotFoundException(name);
            }
            return file.readAllBytes();
        }
    }

    private static TypeDescription result(TypeDescription body) {
        return body.getDeclaredMethods()
                .filter(ElementMatchers.named("body"))
                .getOnly()
                .getReturnType()
                .asErasure();
    }

    private byte[] patched(String name, List<Mutant.Patch> patches) {
        TypePool types = TypePool.Default.of(files);
        TypeDescription type = types.describe(name).resolve();
        DynamicType.Builder<?> builder = new ByteBuddy().redefine(type, files);
        for (Mutant.Patch patch : patches) {
            TypeDescription body = types.describe(MutantBodies.class.getName() + "$" + patch.body())
                    .resolve();
            ElementMatcher<MethodDescription> method = ElementMatchers.<MethodDescription>named(patch.method())
                    .and(ElementMatchers.isDeclaredBy(type))
                    .and(ElementMatchers.returns(result(body)));
            if (type.getDeclaredMethods().filter(method).isEmpty()) {
                throw new IllegalStateException("mutant " + mutant.name() + ": " + name + " has no " + patch.method());
            }
            if (replaces) {
                builder = builder.method(method).intercept(MethodDelegation.to(body));
            }
            builder = builder.visit(Advice.to(CalledMethods.Entry.class).on(method));
        }
        return builder.make().getBytes();
    }
}
