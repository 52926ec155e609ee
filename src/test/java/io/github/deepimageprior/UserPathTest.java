package io.github.deepimageprior;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;

import org.junit.jupiter.api.Test;

class UserPathTest {

	@Test
	void aTildeIsTheHomeOfTheUser() {
		final Path home = Path.of(System.getProperty("user.home"));
		assertEquals(home.resolve("runs").resolve("a"), UserPath.of(" ~/runs/a"));
		assertEquals(home, UserPath.of("~"));
		assertEquals(Path.of("~runs"), UserPath.of("~runs"));
		assertEquals(Path.of("a", "~"), UserPath.of("a/~"));
	}

	@Test
	void whatIsNoPathIsSaid() {
		assertEquals("The path ' ' is not valid on this system: use another path.",
			assertThrows(DipException.class, () -> UserPath.of("\0")).getMessage());
	}
}
