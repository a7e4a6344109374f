"""Asks a server by gRPC and REST, as Python clients of TensorFlow Serving do, and an export beside it.

    grpc_client.py EXPORT GRPC_ADDRESS REST_ADDRESS MODEL PICTURE...

Fails unless scores from the server are those that Python's TensorFlow gets from the export to 2e-5,
the classes are the same, and errors have the statuses that TensorFlow Serving gives.
"""
import base64
import importlib
import json
import pathlib
import sys
import tempfile
import urllib.error
import urllib.request

import grpc
import grpc_tools.protoc
import numpy as np
import tensorflow as tf
from tensorflow.core.framework import tensor_pb2
from tensorflow.core.protobuf import meta_graph_pb2

TOLERANCE = 2e-5


def generated():
    """The stubs that protoc makes of the file beside this one."""
    here = pathlib.Path(__file__).parent
    out = tempfile.mkdtemp()
    status = grpc_tools.protoc.main(
        ["protoc", f"-I{here}", f"--python_out={out}", f"--grpc_python_out={out}", "serving.proto"]
    )
    assert status == 0, status
    sys.path.insert(0, out)
    return importlib.import_module("serving_pb2"), importlib.import_module("serving_pb2_grpc")


def tensor(serialised):
    return tf.make_ndarray(tensor_pb2.TensorProto.FromString(serialised))


def close(expected, found, what):
    worst = np.abs(np.asarray(expected, np.float64) - np.asarray(found, np.float64)).max()
    assert worst <= TOLERANCE, f"{what}: {worst}"
    print(f"{what}: {worst:.2e}")


def status_of(call):
    try:
        call()
    except grpc.RpcError as e:
        return e.code()
    return grpc.StatusCode.OK


def post(address, body):
    request = urllib.request.Request(address, json.dumps(body).encode())
    try:
        with urllib.request.urlopen(request) as answer:
            return answer.status, json.load(answer)
    except urllib.error.HTTPError as e:
        return e.code, json.load(e)


def main(export, address, rest, model, pictures):
    pb, stubs = generated()
    loaded = tf.saved_model.load(export)
    files = [pathlib.Path(p).read_bytes() for p in pictures]
    stub = stubs.PredictionServiceStub(grpc.insecure_channel(address))

    def predict(signature, alias, value):
        return stub.Predict(
            pb.PredictRequest(
                model_spec=pb.ModelSpec(name=model, signature_name=signature),
                inputs={alias: tf.make_tensor_proto(value).SerializeToString()},
            )
        ).outputs

    expected = loaded.signatures["serving_default"](tf.constant(files))
    answer = predict("serving_default", "image_bytes", files)
    close(expected["scores"], tensor(answer["scores"]), "gRPC scores")
    assert (expected["classes"].numpy() == tensor(answer["classes"])).all()

    features = predict("features", "image_bytes", files)["features"]
    close(loaded.signatures["features"](tf.constant(files))["features"], tensor(features), "features")

    images = np.random.default_rng(1).uniform(-1, 1, (2, 48, 40, 3)).astype(np.float32)
    whole = loaded.signatures["images"](tf.constant(images))
    close(whole["scores"], tensor(predict("images", "images", images)["scores"]), "images")

    pixels = np.random.default_rng(2).integers(0, 256, (2, 60, 50, 3), np.uint8)
    close(
        loaded.signatures["pixels"](tf.constant(pixels))["scores"],
        tensor(predict("pixels", "pixels", pixels)["scores"]),
        "pixels",
    )

    examples = [
        tf.train.Example(
            features=tf.train.Features(
                feature={"image/encoded": tf.train.Feature(bytes_list=tf.train.BytesList(value=[f]))}
            )
        ).SerializeToString()
        for f in files
    ]
    classified = stub.Classify(
        pb.ClassificationRequest(
            model_spec=pb.ModelSpec(name=model, signature_name="classify"),
            input=pb.Input(example_list=pb.ExampleList(examples=examples)),
        )
    ).result.classifications
    close(expected["scores"], [[c.score for c in row.classes] for row in classified], "classify")
    labels = [[c.label for c in row.classes] for row in classified]
    assert labels == [[c.decode() for c in row] for row in expected["classes"].numpy()], labels

    metadata = stub.GetModelMetadata(
        pb.GetModelMetadataRequest(
            model_spec=pb.ModelSpec(name=model), metadata_field=["signature_def"]
        )
    ).metadata["signature_def"]
    signatures = metadata.value.signature_def
    assert set(signatures) == set(loaded.signatures), set(signatures)
    default = meta_graph_pb2.SignatureDef.FromString(signatures["serving_default"])
    assert default.inputs["image_bytes"].dtype == tf.string.as_datatype_enum

    bodies = [{"image_bytes": {"b64": base64.b64encode(f).decode()}} for f in files]
    code, rows = post(f"{rest}:predict", {"instances": bodies})
    assert code == 200, rows
    close(expected["scores"], [row["scores"] for row in rows["predictions"]], "REST scores")
    code, columns = post(f"{rest}:predict", {"inputs": [b["image_bytes"] for b in bodies]})
    assert code == 200, columns
    close(expected["scores"], columns["outputs"]["scores"], "REST columns")

    assert status_of(lambda: predict("serving_default", "image_bytes", [b"no picture"])) == (
        grpc.StatusCode.INVALID_ARGUMENT
    )
    assert status_of(lambda: predict("other", "image_bytes", files)) == (
        grpc.StatusCode.FAILED_PRECONDITION
    )
    assert status_of(lambda: predict("images", "images", images[:0])) == (
        grpc.StatusCode.INVALID_ARGUMENT
    )
    code, error = post(f"{rest}:predict", {"instances": []})
    assert code == 400 and "error" in error, error
    code, error = post(rest.replace(model, "other") + ":predict", {"instances": bodies})
    assert code == 404, error


if __name__ == "__main__":
    main(*sys.argv[1:5], sys.argv[5:])
