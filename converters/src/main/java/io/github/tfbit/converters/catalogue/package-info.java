/**
 * Every published artefact of BiT: one dated data file, {@code catalogue.json}, read by one class,
 * {@link io.github.tfbit.converters.catalogue.Catalogue}.
 */
package io.github.tfbit.converters.catalogue;
