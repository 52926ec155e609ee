/**
 * What is in a TorchScript file, read without running any of it. Such a file is a program: libtorch runs parts of it
 * when it opens the file, and an operator in it can write files or use the network.
 * {@link io.github.deepimageprior.torchscript.ModuleArchive} reads a file, refuses operators that are not known to do
 * nothing but compute, and hands on to libtorch only what it has read itself. The package implements no section of the
 * paper.
 */
package io.github.deepimageprior.torchscript;
