package io.github.deepimageprior.command;

import ij.ImagePlus;

import io.github.deepimageprior.image.CalibratedValues;
import io.github.deepimageprior.image.ValueMapping;

/**
 * Values of pictures as ImageJ shows those of the image from which they were read.
 *
 * @param image with its calibration
 * @param mapping of its pixel values
 */
record ShownValues(ImagePlus image, ValueMapping mapping) {

	/** @return what a value of a channel, in 0..1, stands for */
	double of(final int channel, final double unit) {
		return CalibratedValues.shown(image, mapping.lows()[channel] + mapping.spans()[channel] * unit);
	}

	/**
	 * @param unit difference of two values of a channel; 1 is its range
	 * @return the difference of what they stand for; on average, if the calibration is not a straight line
	 */
	double difference(final int channel, final double unit) {
		return Math.abs(of(channel, 1) - of(channel, 0)) * unit;
	}
}
