/**
 * Where pictures come from: {@link io.github.tfbit.data.ImageDataset} is what users implement for a
 * store of their own, {@link io.github.tfbit.data.ImageDatasets} reads folders. Knows nothing of
 * TensorFlow.
 */
package io.github.tfbit.data;
