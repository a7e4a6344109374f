/** How well a model answers: shares with their uncertainty, confusions, calibration. */
package io.github.tfbit.evaluate;
