/**
 * SavedModels as TensorFlow Serving takes them: an inference-only graph with its own restore
 * operations, signatures, labels inside. {@link io.github.tfbit.export.SavedModelWriter} is the
 * entry point.
 */
package io.github.tfbit.export;
