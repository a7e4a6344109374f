/** Options and arguments that several commands share, and what they stand for. */
package io.github.tfbit.cli.options;
