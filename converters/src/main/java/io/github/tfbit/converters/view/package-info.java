/** Checkpoints under other names and with other axes, without a copy of them. */
package io.github.tfbit.converters.view;
