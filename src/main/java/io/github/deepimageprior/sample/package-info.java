/**
 * Images to try the commands on. Two photographs come with the plugin, both in the public domain (CC0): a cup of coffee
 * by Rachel Michetti, and a detail of a retina by Andreas Maier. The micrographs are computed: the light of a
 * {@link io.github.deepimageprior.sample.Specimen} that does not exist, counted by a camera that does not either.
 */
package io.github.deepimageprior.sample;
