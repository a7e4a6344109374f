/**
 * What genuine published weights look like, so that a user's file can be told from a copy of it.
 */
package io.github.tfbit.converters.fingerprints;
