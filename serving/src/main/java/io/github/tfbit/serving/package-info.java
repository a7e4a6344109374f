/**
 * TensorFlow Serving's gRPC and REST interfaces over a model in this JVM, for clients that know the
 * real server: the same requests, answers and errors. {@link io.github.tfbit.serving.ModelServer}
 * is the entry point.
 */
package io.github.tfbit.serving;
