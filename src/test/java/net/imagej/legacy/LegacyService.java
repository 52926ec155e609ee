package net.imagej.legacy;

import org.scijava.service.AbstractService;
import org.scijava.service.SciJavaService;

/** Stands for the service by which Fiji is recognised. */
public class LegacyService extends AbstractService implements SciJavaService {}
