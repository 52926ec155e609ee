/**
 * Denoising by comparing a picture with itself, without a network:
 * {@link io.github.deepimageprior.nonlocal.NonLocalDenoiser} is a chain of non-local Wiener filters, NL-Ridge
 * (Herbreteau and Kervrann 2022) and NL-Bayes (Lebrun, Buades and Morel 2013) by turns, coarse to fine. It needs the
 * standard deviation of the noise, which {@link io.github.deepimageprior.measure.NoiseMap} estimates, and takes about a
 * second for 128×128 pixels on one core. {@link io.github.deepimageprior.nonlocal.Anscombe} prepares pictures of photon
 * counts for it. The package implements no section of the paper (Kattamis, Adel and Weller, "Exploring Properties of
 * the Deep Image Prior"); it serves as a fast alternative to a fit and as a comparison.
 */
package io.github.deepimageprior.nonlocal;
