"""What TFLite makes of an export's `images` signature: export_tflite.py EXPORT IMAGES.npy LOGITS.npy

IMAGES is float32 NHWC in [-1, 1]; LOGITS gets the converted model's answer. The calls are those of the README that
lies in every export.
"""
import sys

import numpy as np
import tensorflow as tf


def main(export, images, logits):
    converter = tf.lite.TFLiteConverter.from_saved_model(export, signature_keys=["images"])
    model = converter.convert()
    ask = tf.lite.Interpreter(model_content=model).get_signature_runner("images")
    np.save(logits, ask(images=np.load(images))["logits"])


main(*sys.argv[1:])
