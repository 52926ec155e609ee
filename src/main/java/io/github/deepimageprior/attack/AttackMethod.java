package io.github.deepimageprior.attack;

import io.github.deepimageprior.DipException;

/** The attacks of the paper. */
public enum AttackMethod {

	/** Fast gradient sign method: one step of ε. */
	FGSM,

	/** Basic iterative method: small steps away from the picture's class. */
	BI,

	/** Least likely class iterative method: small steps towards the class that the picture looks like least. */
	LLCI;

	/** @throws DipException if there is no such attack */
	public static AttackMethod named(final String name) {
		for (final AttackMethod method : values()) if (method.name().equalsIgnoreCase(name.strip())) return method;
		throw new DipException("There is no attack '" + name + "': write FGSM, BI or LLCI.");
	}
}
