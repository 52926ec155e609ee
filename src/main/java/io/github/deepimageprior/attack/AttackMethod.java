package io.github.deepimageprior.attack;

import io.github.deepimageprior.DipException;

/**
 * The attacks of the paper (section 2). All of them follow the sign of the gradient of the cross-entropy J with respect
 * to the pixels.
 */
public enum AttackMethod {

	/** Fast gradient sign method (Goodfellow, Shlens and Szegedy, 2015): one step of ε away from the image's class. */
	FGSM(1),

	/** Basic iterative method (Kurakin, Goodfellow and Bengio, 2017): steps of α away from the image's class. */
	BI(1),

	/**
	 * Least-likely class iterative method (Kurakin, Goodfellow and Bengio, 2017): steps of α towards the class that the
	 * classifier considers least likely for the unchanged image.
	 */
	LLCI(-1);

	/** 1 to increase the cross-entropy of the target class, -1 to decrease it. */
	final int direction;

	AttackMethod(final int direction) {
		this.direction = direction;
	}

	/**
	 * @param name FGSM, BI or LLCI, in any case
	 * @return the attack of that name
	 * @throws DipException if there is no such attack
	 */
	public static AttackMethod named(final String name) {
		for (final AttackMethod method : values()) if (method.name().equalsIgnoreCase(name.strip())) return method;
		throw new DipException("There is no attack '" + name + "': use FGSM, BI or LLCI.");
	}
}
