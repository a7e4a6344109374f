/**
 * Archives that models are published in, unpacked into a temporary directory; every archive is
 * taken as hostile.
 */
package io.github.tfbit.checkpoints.archive;
