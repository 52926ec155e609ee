/**
 * Tables and figures as files: {@link io.github.deepimageprior.report.Report} writes a page that any browser opens
 * without a network, with every table and figure beside it as data. It knows nothing of what they are about.
 */
package io.github.deepimageprior.report;
