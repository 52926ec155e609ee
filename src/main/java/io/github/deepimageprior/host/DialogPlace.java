package io.github.deepimageprior.host;

import java.util.Comparator;
import java.util.List;

import org.scijava.command.CommandModuleItem;
import org.scijava.module.ModuleItem;

/**
 * Where parameters stand in a command's dialog. Those of the command itself come before those of its base classes,
 * which every similar command has. Attributes of a parameter say more.
 */
public final class DialogPlace {

	/** Attribute of a parameter that stands at the top, since others depend on it. */
	public static final String FIRST = "first";

	/** Attribute of a parameter that few people change: it is in a group that is folded. */
	public static final String ADVANCED = "advanced";

	/** Attribute of a parameter that starts with a remembered value: its default value. */
	public static final String DEFAULT = "default";

	private DialogPlace() {}

	/** @return parameters in the order of the dialog */
	static List<ModuleItem<?>> sorted(final List<ModuleItem<?>> declared) {
		return declared.stream()
			.sorted(
				Comparator.<ModuleItem<?>>comparingInt(DialogPlace::group).thenComparingInt(DialogPlace::generality))
			.toList();
	}

	private static int group(final ModuleItem<?> item) {
		return item.is(FIRST) ? 0 : isAdvanced(item) ? 2 : 1;
	}

	/** @return the smaller, the more special the class is that declares a parameter; the same for all at the top */
	private static int generality(final ModuleItem<?> item) {
		int generality = 0;
		if (!item.is(FIRST) && item instanceof CommandModuleItem<?> declared)
			for (Class<?> type = declared.getField().getDeclaringClass(); type != null; type = type.getSuperclass())
				generality--;
		return generality;
	}

	static boolean isAdvanced(final ModuleItem<?> item) {
		return item.is(ADVANCED);
	}
}
