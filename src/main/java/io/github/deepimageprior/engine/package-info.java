/**
 * Access to libtorch through DJL: loading the library, devices, precision, memory, running TorchScript programs, and
 * running many computations in parallel. {@link io.github.deepimageprior.engine.Torch} is the entry point. The package
 * implements no section of the paper; the packages that do compute with it.
 */
package io.github.deepimageprior.engine;
