/** What every command says, and where: results, progress, warnings, errors. */
package io.github.tfbit.cli.console;
