/**
 * Studies: the paper's figures and tables, repeated for any labelled pictures and any classifier (Kattamis, Adel and
 * Weller, "Exploring Properties of the Deep Image Prior"). A {@link io.github.deepimageprior.study.Study} is a list of
 * independent work items, each a pure function of its picture, the classifier and the settings; an
 * {@link io.github.deepimageprior.study.Executor} computes them in any order, a
 * {@link io.github.deepimageprior.study.RowLog} keeps what is done, so that a study that was interrupted continues, and
 * the report is made from the rows alone. {@link io.github.deepimageprior.study.StudyRun} puts them together.
 */
package io.github.deepimageprior.study;
