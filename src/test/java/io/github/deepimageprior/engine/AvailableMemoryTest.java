package io.github.deepimageprior.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Device;

import java.io.IOException;
import java.lang.management.ManagementFactory;

import org.junit.jupiter.api.Test;

class AvailableMemoryTest {

	@Test
	void thereIsSomeAndNotMoreThanTheMachineHas() {
		final var system = (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
		final long available = AvailableMemory.on(Device.cpu());
		assertTrue(available > 0 && available < system.getTotalMemorySize(), available + " bytes");
	}

	@Test
	void whatMacOsCanTakeBackCounts() throws IOException {
		assertEquals(16384L * (9_000 + 400_000 + 1_000), AvailableMemory.macOs("""
			Mach Virtual Memory Statistics: (page size of 16384 bytes)
			Pages free:                                9000.
			Pages active:                            420000.
			Pages inactive:                          400000.
			Pages speculative:                         1000.
			Pages wired down:                        150000.
			"""));
		assertThrows(IOException.class, () -> AvailableMemory.macOs("vm_stat: unknown option"));
	}
}
