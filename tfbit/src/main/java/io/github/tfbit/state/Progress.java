package io.github.tfbit.state;

/**
 * How far a run is, beside its weights.
 *
 * @param step how many steps are done
 * @param lossSum over the steps since the last line about the loss
 * @param lossCount how many steps those are
 */
public record Progress(int step, double lossSum, int lossCount) {}
