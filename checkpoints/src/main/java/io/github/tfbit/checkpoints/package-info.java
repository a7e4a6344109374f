/**
 * Tensor files as lazy maps from name to (dtype, shape, bytes): {@link
 * io.github.tfbit.checkpoints.Checkpoint} is the entry point. Knows nothing of BiT or TensorFlow.
 */
package io.github.tfbit.checkpoints;
