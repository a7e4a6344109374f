/** The commands: each reads its options, calls the library, and prints what came of it. */
package io.github.tfbit.cli.command;
