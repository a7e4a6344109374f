/**
 * Why two models do not answer alike: the usual mistakes, tried one by one on a network whose every
 * step is known, until it answers as the other does. {@link io.github.tfbit.doctor.Examination} is
 * the entry point.
 */
package io.github.tfbit.doctor;
