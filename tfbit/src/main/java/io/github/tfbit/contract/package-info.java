/**
 * TensorFlow Serving's contract as a checker: {@link io.github.tfbit.contract.ExportContract} looks
 * at the directory of any SavedModel and says of each {@link io.github.tfbit.contract.Rule} whether
 * it is kept. The file is read without TensorFlow first; what is not whole is not loaded.
 */
package io.github.tfbit.contract;
