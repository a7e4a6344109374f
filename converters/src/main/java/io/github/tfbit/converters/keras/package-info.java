/** Keras weight files of BiT under the published names. */
package io.github.tfbit.converters.keras;
