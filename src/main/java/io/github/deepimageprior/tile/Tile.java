package io.github.deepimageprior.tile;

/**
 * A rectangle of a picture, in pixels.
 *
 * @param x of its left column
 * @param y of its top row
 * @param width in pixels
 * @param height in pixels
 */
public record Tile(int x, int y, int width, int height) {}
