/**
 * The messages of TensorFlow Serving's gRPC services, field by field (tensorflow_serving/apis at
 * 2.18): without generated classes, which would have to go with one version of protobuf.
 */
package io.github.tfbit.serving.wire;
