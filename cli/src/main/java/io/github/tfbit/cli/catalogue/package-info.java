/** The catalogue of published models as {@code tfbit models} shows it. */
package io.github.tfbit.cli.catalogue;
