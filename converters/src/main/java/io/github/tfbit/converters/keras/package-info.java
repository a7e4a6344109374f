/**
 * Keras weight files of BiT (bit_tf2 of google-research/big_transfer at 140de6e) under the
 * published names. Knows names and ranks only; whether the shapes are one network is asked
 * elsewhere.
 */
package io.github.tfbit.converters.keras;
