"""What Python's TensorFlow makes of an export: saved_model_answers.py EXPORT PICTURES OUT.json

PICTURES is a folder of files of different sizes. They are sent to `serving_default` one by one and three at a
time, to `features`, as tf.Example to `classify`, decoded to `pixels`, and resized and scaled here, by tf.image, for
`images`.
"""
import json
import pathlib
import sys

import numpy as np
import tensorflow as tf


def named(answer):
    classes = [[c.decode() for c in row] for row in answer["classes"].numpy()]
    return {"classes": classes, "scores": answer["scores"].numpy().tolist()}


def example(encoded):
    value = tf.train.Feature(bytes_list=tf.train.BytesList(value=[encoded]))
    return tf.train.Example(features=tf.train.Features(feature={"image/encoded": value})).SerializeToString()


def main(export, pictures, out, height, width):
    signatures = tf.saved_model.load(export).signatures
    files = sorted(pathlib.Path(pictures).iterdir())
    encoded = [f.read_bytes() for f in files]
    one_by_one = [named(signatures["serving_default"](image_bytes=tf.constant([e]))) for e in encoded]
    by_three = [
        named(signatures["serving_default"](image_bytes=tf.constant(encoded[i : i + 3])))
        for i in range(0, len(encoded), 3)
    ]
    decoded = [tf.io.decode_image(e, channels=3, expand_animations=False) for e in encoded]
    pixels = [named(signatures["pixels"](pixels=d[tf.newaxis])) for d in decoded]
    resized = [tf.image.resize(d, (int(height), int(width))) for d in decoded]
    images = (tf.stack(resized) - 127.5) / 127.5
    whole = signatures["images"](images=images)
    result = {
        "version": tf.__version__,
        "one_by_one": one_by_one,
        "by_three": by_three,
        "pixels": pixels,
        "classify": named(signatures["classify"](inputs=tf.constant([example(e) for e in encoded]))),
        "described": signatures["features"](image_bytes=tf.constant(encoded))["features"].numpy().tolist(),
        "logits": whole["logits"].numpy().tolist(),
        "features": whole["features"].numpy().tolist(),
        "scores": whole["scores"].numpy().tolist(),
        "shapes": {
            key: {alias: spec.shape.as_list() for alias, spec in s.structured_outputs.items()}
            for key, s in signatures.items()
        },
    }
    if not all(np.isfinite(result["logits"]).ravel()):
        raise SystemExit("logits that are not finite")
    pathlib.Path(out).write_text(json.dumps(result))


main(*sys.argv[1:])
