package io.github.tfbit.checkpoints.fetch;

/** What a file has to look like, so that a web page is not taken for weights. */
public enum FileKind {
  /** A zip archive such as npz. */
  ZIP,
  /** HDF5, as Keras writes it. */
  HDF5,
  /** Compressed with gzip, such as {@code .tar.gz}. */
  GZIP,
  /** Hugging Face's safetensors. */
  SAFETENSORS,
  /** A TensorFlow checkpoint's {@code .index}. */
  TENSOR_INDEX,
  /** An object in JSON. */
  JSON,
  /** Text, such as labels. */
  TEXT,
  /** Anything but a web page. */
  BINARY
}
