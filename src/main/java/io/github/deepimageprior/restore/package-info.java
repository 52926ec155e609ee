/**
 * Restoration of single pictures and of series: the tasks (denoise, inpaint, enlarge) and their settings as values,
 * division into tiles and channels, warm starts, and the uncertainty of the result. Tasks and recipes follow Ulyanov et
 * al. (2018), section 3; the paper's section 2 describes the prior behind them.
 */
package io.github.deepimageprior.restore;
