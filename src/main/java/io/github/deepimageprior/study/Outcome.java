package io.github.deepimageprior.study;

import java.io.Serializable;
import java.util.List;
import java.util.Map;

/**
 * What became of a work item.
 *
 * @param item which one
 * @param rows what was computed, at least one row; a single row of what was to be computed after an error
 * @param pictures PNG files to keep, by their names without the extension
 * @param error one sentence; null if all went well
 */
public record Outcome(WorkItem item, List<Row> rows, Map<String, byte[]> pictures,
	String error) implements Serializable
{

	/** Copies the lists. */
	public Outcome {
		rows = List.copyOf(rows);
		pictures = Map.copyOf(pictures);
		if (rows.isEmpty()) throw new IllegalArgumentException("An outcome needs a row");
	}
}
