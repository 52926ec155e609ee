package io.github.deepimageprior.study;

import io.github.deepimageprior.Picture;
import io.github.deepimageprior.classifier.Classifier;
import io.github.deepimageprior.report.Part;

import java.util.List;

/** A study: what is computed for every picture, and what the rows say. It has no state besides its settings. */
public interface Study {

	/** The columns that all studies have; each may add others. */
	List<String> COLUMNS = List.of("set", "picture", "class", "attack", "epsilon", "space", "defence", "preset", "seed",
		"step", "predicted", "right", "p_true", "p_predicted", "linf", "l2", "psnr", "stopped", "seconds");

	/** @return its name, as users know it */
	String name();

	/** @return its settings */
	Settings settings();

	/** @return the keys of the settings on which the rows of a condition may depend */
	List<String> relevant(String condition);

	/** @return the settings as they count for a condition: those that it does not use may have a fixed value */
	default Settings counted(final String condition) {
		return settings();
	}

	/** @return under which conditions each picture is studied; one work item each */
	List<String> conditions();

	/** @return the columns of its rows */
	default List<String> columns() {
		return COLUMNS;
	}

	/** @return the cells that name an item in its rows, also in that of an error */
	Row heading(WorkItem item);

	/**
	 * Computes an item. The result depends on the job alone: on a CPU the same bits at any time and on any computer of
	 * the same kind; on a GPU, rounding depends on how many fits take their steps as one.
	 *
	 * @throws java.util.concurrent.CancellationException after a cancel
	 */
	Outcome compute(Job job);

	/**
	 * Checks before the start what would otherwise fail every item, and only after its fits.
	 *
	 * @param picture one of the study's
	 * @throws io.github.deepimageprior.DipException if the classifier cannot be used
	 */
	default void check(final Picture picture, final Classifier classifier) {}

	/**
	 * @param picture one of the study's
	 * @return how many seconds an item takes on one core, from a trial that takes a second or two
	 */
	double trial(Picture picture, Classifier classifier);

	/**
	 * @return estimate of the bytes outside the Java heap that an item under a condition needs beside the classifier
	 */
	default long memory(final String condition, final Picture picture) {
		return 0;
	}

	/** @return how many items under a condition to take as one, because it pays; on a GPU, at most */
	default int together(final String condition, final Picture picture) {
		return 1;
	}

	/**
	 * @param rows all complete rows, in the order of the items
	 * @param pictures how the pictures were chosen
	 * @return tables, figures and what may be concluded; a pure function of the rows
	 */
	List<Part> report(List<Row> rows, Choice pictures);
}
