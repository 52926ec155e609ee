/**
 * The menu commands. A command is its parameters, one call, and its outputs; base classes declare the parameters that
 * commands share, and the work is composed of classes of this package that connect the algorithms with ImageJ's images,
 * tables and plots. The field names are the macro keys.
 */
package io.github.deepimageprior.command;
