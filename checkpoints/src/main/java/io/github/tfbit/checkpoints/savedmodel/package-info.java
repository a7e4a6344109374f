/**
 * TensorFlow's SavedModel directories without TensorFlow: what can be said of one ({@link
 * io.github.tfbit.checkpoints.savedmodel.SavedModel}), and one of variables alone ({@link
 * io.github.tfbit.checkpoints.savedmodel.SavedModelWriter}).
 */
package io.github.tfbit.checkpoints.savedmodel;
