package io.github.deepimageprior.prior;

import io.github.deepimageprior.DipException;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;

/** Architectures with a name, and the settings that suit them. */
public enum Preset {

	/**
	 * 5 scales of 32 feature maps: in measurements as good as {@link #PAPER} for a sixth of the computation. With a
	 * smaller β₂ of Adam it needs two thirds of the steps for a picture that is no worse. Reflection padding, which
	 * Ulyanov et al. use for denoising, improves it by a tenth of a dB (src/bench/README.md).
	 */
	FAST("Fast", Collections.nCopies(5, 32), Hourglass.Padding.REFLECTION, 0.95),

	/** The network of the paper (appendix A.2) and of Ulyanov et al.: 5 scales of 128 feature maps. */
	PAPER("Paper", Collections.nCopies(5, 128)),

	/** The paper's Architecture-1 for pictures of 32×32 pixels: 3 scales of 128 feature maps (table 3). */
	ARCH_1("Arch-1", Collections.nCopies(3, 128)),

	/** The paper's Architecture-2: 3 scales of 16 feature maps (table 4). */
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
	 * @return the network, with a latent of 32 channels of noise and 4 feature maps in every skip connection
	 */
	public Hourglass network(final int outputs) {
		return Hourglass.of(maps, maps, Collections.nCopies(maps.size(), 4), outputs).with(padding);
	}

	/** @return {@link FitSettings#DEFAULTS} with the β₂ that suits this network */
	public FitSettings settings() {
		return FitSettings.DEFAULTS.withBeta2(beta2);
	}

	/**
	 * @param name as {@link #toString} gives it, in upper or lower case
	 * @return the preset
	 * @throws DipException if there is no preset with this name
	 */
	public static Preset named(final String name) {
		for (final Preset preset : values()) if (preset.name.equalsIgnoreCase(name.trim())) return preset;
		throw new DipException("There is no network '" + name + "' (preset): use one of "
			+ Arrays.stream(values()).map(Preset::toString).collect(Collectors.joining(", ")) + ".");
	}

	@Override
	public String toString() {
		return name;
	}
}
