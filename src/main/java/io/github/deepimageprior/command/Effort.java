package io.github.deepimageprior.command;

import io.github.deepimageprior.Cancellation;
import io.github.deepimageprior.engine.Torch;
import io.github.deepimageprior.host.RunMonitor;
import io.github.deepimageprior.prior.Preset;

import java.util.Locale;

/**
 * What a run will take, as far as it is known before the run. How long it takes is known from the last run of its kind.
 *
 * @param kind what is computed: runs of a kind on a device are equally fast
 * @param device as of {@link Torch#device}
 * @param work how much is computed, in any unit
 * @param memory estimated bytes outside the Java heap
 * @param mayEndEarly whether it may be less
 */
record Effort(String kind, String device, double work, long memory, boolean mayEndEarly) {

	/** Shorter runs say nothing about the speed, since their preparations count as much. */
	private static final double LEAST_SECONDS = 1;

	/** @return the kind of fits of a network */
	static String fits(final Preset network) {
		return "fits of " + network;
	}

	/** @return in words: "at most 3 min, 650 MB of memory" */
	String text() {
		final String size = memory < 1e9 ? String.format(Locale.ROOT, "%.0f MB of memory", memory / 1e6)
			: String.format(Locale.ROOT, "%.1f GB of memory", memory / 1e9);
		final double speed = EnginePreferences.speed(key());
		if (speed == 0) return "about " + size + "; the time is known after the first run";
		final double seconds = Math.max(1, work / speed);
		return (mayEndEarly ? "at most " : "about ") + RunMonitor.duration(seconds) + ", " + size;
	}

	/** Does the work after an announcement, and remembers how fast it was if it came to its end. */
	void run(final Runnable whole, final RunMonitor monitor, final Cancellation cancellation) {
		monitor.announce(text());
		final long began = System.nanoTime();
		whole.run();
		if (!cancellation.isRequested()) done(work, (System.nanoTime() - began) / 1e9);
	}

	/** Remembers how fast work of this kind was done. */
	void done(final double amount, final double seconds) {
		if (seconds >= LEAST_SECONDS) EnginePreferences.keepSpeed(key(), amount / seconds);
	}

	private String key() {
		return "speed of " + kind + " on " + Torch.deviceName(device);
	}
}
