/**
 * Large pictures in overlapping tiles, which are fitted one by one and blended without visible seams, so that a fit
 * needs the memory of a tile only. The paper has no counterpart.
 */
package io.github.deepimageprior.tile;
