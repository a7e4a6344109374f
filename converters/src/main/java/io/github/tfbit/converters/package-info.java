/**
 * BiT's vocabularies: published names and shapes, architectures read from tensors. {@link
 * io.github.tfbit.converters.Layout} is the entry point. Knows nothing of TensorFlow.
 */
package io.github.tfbit.converters;
