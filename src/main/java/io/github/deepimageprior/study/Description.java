package io.github.deepimageprior.study;

import io.github.deepimageprior.engine.Torch;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** All that was set and found, for {@code study.json}. */
final class Description {

	private Description() {}

	/** @return facts by name, in the order in which they are read */
	static Map<String, Object> of(final Worker worker, final Choice choice) {
		final Map<String, Object> facts = new LinkedHashMap<>();
		facts.put("study", worker.study().name());
		facts.put("settings", worker.settings().values());
		facts.put("versions", versions());
		facts.put("device", Torch.deviceName(worker.settings().text("device")));
		facts.put("classifier", Map.of("name", worker.classifier().name(), "digest", worker.classifier().digest()));
		facts.put("classified", Map.of("tried", choice.tried(), "right", choice.right()));
		final List<Map<String, Object>> pictures = new ArrayList<>();
		for (final Choice.Chosen one : choice.pictures()) {
			final Map<String, Object> picture = new LinkedHashMap<>();
			picture.put("set", one.set());
			picture.put("name", one.sample().name());
			picture.put("class", worker.classifier().labels().get(one.target()));
			picture.put("digest", one.digest());
			pictures.add(picture);
		}
		facts.put("pictures", pictures);
		return facts;
	}

	private static Map<String, String> versions() {
		final Map<String, String> versions = new LinkedHashMap<>();
		versions.put("plugin", String.valueOf(Description.class.getPackage().getImplementationVersion()));
		versions.put("engine", Torch.version());
		versions.put("java", System.getProperty("java.version"));
		versions.put("system", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
		return versions;
	}
}
