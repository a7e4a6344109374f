/**
 * The network as a TensorFlow graph: {@link io.github.tfbit.graph.Network} is its arithmetic,
 * {@link io.github.tfbit.graph.Variables} its weights, {@link io.github.tfbit.graph.BitGraph} both
 * opened for inference. For those who build on top of it; everybody else stays in {@code
 * io.github.tfbit}.
 */
package io.github.tfbit.graph;
