/**
 * HDF5 files as Keras writes them: groups, datasets of numbers, attributes that hold strings.
 *
 * <p>"The format" in this package is the HDF5 File Format Specification, version 3.0.
 */
package io.github.tfbit.checkpoints.hdf5;
