package io.github.deepimageprior.command;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Says when a parameter counts that the value of another one can switch off; see {@link Counts}. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.FIELD)
@interface CountsIf {

	/**
	 * @return the conditions, all of which must hold: a value of another parameter, such as {@code missing=value}, or
	 *         all its values but one, {@code method!=Gradient}, or several of these with {@code |} between them, one of
	 *         which must hold. A parameter that the command lacks, or that does not count itself, has no value.
	 */
	String[] value();
}
