package io.github.deepimageprior.restore;

import io.github.deepimageprior.tile.Tile;

/**
 * What is known before the first fit of a series, or before there is any picture.
 *
 * @param tiles number of tiles of a picture
 * @param tile the first tile, which has the size of all
 * @param parallel number of parts that are fitted at once
 * @param memory estimated bytes outside the Java heap that these fits need together
 * @param work how much is computed for a picture: pixels of the result, times steps of all fits, or repetitions
 * @param mayStopEarly whether a stopping rule may stop a fit before its last iteration
 */
public record SeriesPlan(int tiles, Tile tile, int parallel, long memory, double work, boolean mayStopEarly) {}
