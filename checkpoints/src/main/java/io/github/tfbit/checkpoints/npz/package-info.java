/**
 * Numpy's archive of arrays, the form of the published BiT weights: {@link
 * io.github.tfbit.checkpoints.npz.NpzReader} and {@link io.github.tfbit.checkpoints.npz.NpzWriter}.
 */
package io.github.tfbit.checkpoints.npz;
