/**
 * Protocol buffers without generated classes: messages are read and written field by field, and
 * what is not needed is passed over. For the packages beside this one.
 */
package io.github.tfbit.checkpoints.protos;
