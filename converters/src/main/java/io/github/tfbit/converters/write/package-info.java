/**
 * Weights for other readers: {@link io.github.tfbit.converters.write.Conversion} writes them, with
 * the files that make each reader use them rightly.
 */
package io.github.tfbit.converters.write;
