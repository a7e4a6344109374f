/** The command {@code inspect}: what a model is, read from its content. */
package io.github.tfbit.cli.inspect;
