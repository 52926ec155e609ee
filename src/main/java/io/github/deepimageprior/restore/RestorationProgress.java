package io.github.deepimageprior.restore;

/**
 * How far the restoration of one picture is. All numbers count from 1.
 *
 * @param fraction of the work that is done, 0..1, if every fit takes all its iterations
 * @param part the part that is being fitted: a tile of a group of channels
 * @param parts number of parts
 * @param fit which fit of the part's ensemble
 * @param fits size of the ensemble
 * @param step steps done in this fit; 0 without a fit
 * @param steps iterations of this fit; 0 without a fit
 */
public record RestorationProgress(double fraction, int part, int parts, int fit, int fits, int step, int steps) {}
