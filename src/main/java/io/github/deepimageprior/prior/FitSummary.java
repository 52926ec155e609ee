package io.github.deepimageprior.prior;

import io.github.deepimageprior.engine.MemoryOrder;

/**
 * The facts that a reader needs to judge or repeat a fit, without its pictures.
 *
 * @param network the network that was fitted: with fewer scales than requested if the picture is small
 * @param requestedScales number of scales that were requested
 * @param settings how it was fitted
 * @param steps number of steps done
 * @param bestStep step of the resulting picture, counted from 1
 * @param reason why it stopped, or would have if its rule ended it
 * @param rollbacks how many times the fit returned to a checkpoint
 * @param samples number of Langevin samples
 * @param loss at the best step
 * @param rawPsnr PSNR of the best step's output to the observed picture, in dB
 * @param averagedPsnr PSNR of the averaged output to the observed picture, in dB
 * @param device that held the tensors: {@code CPU}, {@code GPU n}
 * @param order memory layout of the network's feature maps
 * @param threads number of CPU threads of libtorch's operators
 * @param seconds from start to end
 */
public record FitSummary(Hourglass network, int requestedScales, FitSettings settings, int steps, int bestStep,
	StopReason reason, int rollbacks, int samples, double loss, double rawPsnr, double averagedPsnr, String device,
	MemoryOrder order, int threads, double seconds)
{}
