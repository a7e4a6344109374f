/**
 * TensorFlow's checkpoints, "tensor bundle" version 2: an index in the form of a LevelDB table and
 * data files. {@link io.github.tfbit.checkpoints.bundle.BundleReader} and {@link
 * io.github.tfbit.checkpoints.bundle.BundleWriter} are the entry points.
 */
package io.github.tfbit.checkpoints.bundle;
