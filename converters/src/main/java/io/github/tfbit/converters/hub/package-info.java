/** BiT as TensorFlow stores it: TensorFlow Hub's modules of both generations, and checkpoints. */
package io.github.tfbit.converters.hub;
