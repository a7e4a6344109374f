package io.github.tfbit.converters;

/**
 * What the values of one tensor look like. Values that are not finite take no part in the first
 * three, which are NaN if no value is finite.
 *
 * @param min the smallest
 * @param max the largest
 * @param mean summed in double precision
 * @param notFinite how many values are NaN or infinite
 * @param firstNotFinite index of the first of those in C order, -1 if there is none
 */
public record TensorStatistics(
    float min, float max, double mean, long notFinite, long firstNotFinite) {}
