/**
 * Studies and restorations on Apache Spark, in a jar of its own. The main classes for spark-submit are
 * {@link io.github.deepimageprior.spark.Study} and {@link io.github.deepimageprior.spark.Restore}. Executors compute
 * pieces of work that are independent of each other, one task each, and return what became of them; the driver alone
 * keeps the account, so that nothing is lost or counted twice, whatever Spark tries again.
 */
package io.github.deepimageprior.spark;
