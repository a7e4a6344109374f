/**
 * Numpy's file of one array, formats 1.0 to 3.0: {@link io.github.tfbit.checkpoints.npy.NpyReader}
 * and {@link io.github.tfbit.checkpoints.npy.NpyWriter}.
 */
package io.github.tfbit.checkpoints.npy;
