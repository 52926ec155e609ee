package io.github.deepimageprior.engine;

import io.github.deepimageprior.DipException;
import io.github.deepimageprior.HostJar;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The jars without which libtorch cannot be reached. DJL itself would complain about something else. */
final class RequiredJars {

	/** For each jar a file that is in no other. */
	private static final Map<String, String> FILES = new LinkedHashMap<>();

	static {
		FILES.put("api (of DJL)", "ai/djl/engine/Engine.class");
		FILES.put("pytorch-engine", "ai/djl/pytorch/engine/PtEngine.class");
		FILES.put("pytorch-jni", "jnilib/pytorch.properties");
		FILES.put("gson", "com/google/gson/Gson.class");
		FILES.put("slf4j-api", "org/slf4j/LoggerFactory.class");
	}

	private RequiredJars() {}

	/** @return names the jars of DJL that are there twice, as another plugin may bring its own; empty for none */
	static String twice() {
		return FILES.values().stream().filter(file -> file.matches("(ai/djl|jnilib)/.*")).map(HostJar::all)
			.map(jars -> jars.stream().map(HostJar::place).distinct().toList()).filter(jars -> jars.size() > 1)
			.map(jars -> "DJL is there twice: " + String.join(" and ", jars)
				+ "; delete the older one, which another plugin has brought, and restart ImageJ.")
			.collect(Collectors.joining(" "));
	}

	/** @throws DipException if one is missing */
	static void check() {
		final List<String> missing = new ArrayList<>();
		FILES.forEach((jar, file) -> {
			if (RequiredJars.class.getClassLoader().getResource(file) == null) missing.add(jar);
		});
		if (!missing.isEmpty())
			throw new DipException("Missing in the folder jars: " + String.join(", ", missing)
				+ "; unpack the zip file of the plugin over ImageJ once more, as described in the README under "
				+ "Install.");
	}
}
