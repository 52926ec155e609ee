/**
 * Runs the commands in their host applications: plain ImageJ 1.x, with or without a display, and Fiji.
 * <p>
 * Fiji runs SciJava commands itself: {@link io.github.deepimageprior.host.Fiji} adds the few things that it lacks, and
 * {@link io.github.deepimageprior.host.FijiDialog} the dialog, which is the same in both hosts. In plain ImageJ,
 * {@link io.github.deepimageprior.host.Bridge} is the plugin behind every menu entry and the entry point for macros; it
 * finds the command, fills in its parameters from the macro options or from a dialog, runs it and shows its outputs.
 * Both hosts use the same macro keys: the names of the parameters.
 * <p>
 * Commands in turn use this package for everything that they show besides their outputs:
 * {@link io.github.deepimageprior.host.RunMonitor} for progress, {@link io.github.deepimageprior.host.Display} for
 * plots and the Results table, and {@link io.github.deepimageprior.host.Figures} for labels, colours and montages of
 * result images.
 */
package io.github.deepimageprior.host;
