"""What Python reads in an export's warm-up requests: warmup_answers.py EXPORT OUT.json

The records are read by tf.data, parsed by a description of TensorFlow Serving's messages made here, and their
pictures given to `serving_default`.
"""
import json
import pathlib
import sys

import tensorflow as tf
from google.protobuf import descriptor_pb2, descriptor_pool, message_factory

STRING, MESSAGE = 9, 11  # FieldDescriptorProto.Type


def messages():
    """PredictionLog and what it holds, as prediction_log.proto, predict.proto and model.proto number the fields."""
    file = descriptor_pb2.FileDescriptorProto(name="warmup.proto", package="t", syntax="proto3")
    file.dependency.append("tensorflow/core/framework/tensor.proto")

    def message(name, *fields):
        m = file.message_type.add(name=name)
        for number, field, kind, of in fields:
            f = m.field.add(name=field, number=number, type=kind, label=1)
            if of:
                f.type_name = of
        return m

    message("PredictionLog", (6, "predict_log", MESSAGE, ".t.PredictLog"))
    message("PredictLog", (1, "request", MESSAGE, ".t.PredictRequest"))
    message("ModelSpec", (1, "name", STRING, None), (3, "signature_name", STRING, None))
    request = message("PredictRequest", (1, "model_spec", MESSAGE, ".t.ModelSpec"))
    entry = request.nested_type.add(name="InputsEntry")
    entry.options.map_entry = True
    entry.field.add(name="key", number=1, type=STRING, label=1)
    entry.field.add(name="value", number=2, type=MESSAGE, label=1, type_name=".tensorflow.TensorProto")
    request.field.add(name="inputs", number=2, type=MESSAGE, label=3, type_name=".t.PredictRequest.InputsEntry")
    pool = descriptor_pool.Default()
    pool.Add(file)
    return message_factory.GetMessageClass(pool.FindMessageTypeByName("t.PredictionLog"))


def main(export, out):
    log = messages()
    signature = tf.saved_model.load(export).signatures["serving_default"]
    answers = []
    for record in tf.data.TFRecordDataset(str(pathlib.Path(export, "assets.extra", "tf_serving_warmup_requests"))):
        request = log.FromString(record.numpy()).predict_log.request
        pictures = tf.make_ndarray(request.inputs["image_bytes"])
        scores = signature(image_bytes=tf.constant(pictures))["scores"].numpy()
        answers.append(
            {
                "model": request.model_spec.name,
                "signature": request.model_spec.signature_name,
                "rows": len(pictures),
                "scores": list(scores.shape),
            }
        )
    pathlib.Path(out).write_text(json.dumps(answers))


main(*sys.argv[1:])
