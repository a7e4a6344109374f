/**
 * One model, many callers: {@link io.github.tfbit.batch.BatchQueue} computes what several threads
 * ask for in one go. Knows neither pictures nor TensorFlow.
 */
package io.github.tfbit.batch;
