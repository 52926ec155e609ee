package io.github.deepimageprior.prior;

import io.github.deepimageprior.DipException;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;

/** Networks with a name. */
public enum Preset {

	/**
	 * 5 scales of 32 maps: by measurement as good as {@link #PAPER} for a sixth of its work. With Adam's short memory
	 * of squared gradients it needs two thirds of the steps, and its picture is no worse; reflection at the borders, as
	 * Ulyanov et al. denoise, makes it better by a tenth of a dB (src/bench/README.md).
	 */
	FAST("Fast", Collections.nCopies(5, 32), Hourglass.Padding.REFLECTION, 0.95),

	/** The network of the paper and of Ulyanov et al.: 5 scales of 128 maps (appendix A.2). */
	PAPER("Paper", Collections.nCopies(5, 128)),

	/** The paper's Architecture-1 for pictures of 32×32: 3 scales of 128 maps (Table 3). */
	ARCH_1("Arch-1", Collections.nCopies(3, 128)),

	/** The paper's Architecture-2: 3 scales of 16 maps (Table 4). */
	ARCH_2("Arch-2", Collections.nCopies(3, 16));

	private final String name;
	private final List<Integer> maps;
	private final Hourglass.Padding padding;
	private final double beta2;

	Preset(final String name, final List<Integer> maps) {
		this(name, maps, Hourglass.Padding.ZERO, FitSettings.DEFAULTS.beta2());
	}

	Preset(final String name, final List<Integer> maps, final Hourglass.Padding padding, final double beta2) {
		this.name = name;
		this.maps = maps;
		this.padding = padding;
		this.beta2 = beta2;
	}

	/**
	 * @param outputs channels of the picture
	 * @return the network, with 32 channels of noise in, 4 maps in every skip connection and the preset's borders
	 */
	public Hourglass network(final int outputs) {
		return Hourglass.of(maps, maps, Collections.nCopies(maps.size(), 4), outputs).with(padding);
	}

	/** @return {@link FitSettings#DEFAULTS}, with what suits this network */
	public FitSettings settings() {
		return FitSettings.DEFAULTS.withBeta2(beta2);
	}

	/** @throws DipException if there is no preset of this name */
	public static Preset named(final String name) {
		for (final Preset preset : values()) if (preset.name.equalsIgnoreCase(name.trim())) return preset;
		throw new DipException("There is no preset '" + name + "': write one of "
			+ Arrays.stream(values()).map(Preset::toString).collect(Collectors.joining(", ")) + ".");
	}

	@Override
	public String toString() {
		return name;
	}
}
