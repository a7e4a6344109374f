/** The {@code tfbit} command: {@link io.github.tfbit.cli.Main} is its entry point. */
package io.github.tfbit.cli;
