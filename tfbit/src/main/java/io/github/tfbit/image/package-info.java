/**
 * Pictures as TensorFlow sees them: decoding, resizing, augmentation and scaling to [-1, 1] as
 * graph functions in {@link io.github.tfbit.image.Preprocessing}, and sessions that run them.
 */
package io.github.tfbit.image;
