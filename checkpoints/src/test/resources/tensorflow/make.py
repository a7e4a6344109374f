"""Writes two modules of one layer: TensorFlow 2's and TensorFlow 1's form, pictures in [0, 1].

    make.py FOLDER
"""

import os
import sys

import numpy as np
import tensorflow as tf

out = sys.argv[1]
kernel = np.arange(6, dtype=np.float32).reshape(1, 1, 3, 2)
bias = np.array([0.5, -0.25], np.float32)

root = tf.Module()
v = {"resnet/root/kernel": tf.Variable(kernel, name="resnet/root/kernel"),
     "resnet/root/bias": tf.Variable(bias, name="resnet/root/bias")}
for name, variable in v.items():
    setattr(root, name + ":0", variable)
root.step = tf.Variable(3, dtype=tf.int32, name="step")


@tf.function(input_signature=[tf.TensorSpec([None, None, None, 3], tf.float32, "input_1")])
def serve(input_1):
    x = tf.nn.conv2d(input_1 * 2.0 - 1.0, v["resnet/root/kernel"], 1, "VALID")
    return {"output_1": tf.reduce_mean(x + v["resnet/root/bias"], [1, 2])}


tf.saved_model.save(root, os.path.join(out, "hub2"), signatures={"serving_default": serve})

v1 = tf.compat.v1
with tf.Graph().as_default(), v1.Session() as session:
    k = v1.get_variable("module/resnet/root/kernel", initializer=kernel, use_resource=False)
    b = v1.get_variable("module/resnet/root/bias", initializer=bias, use_resource=False)
    images = v1.placeholder(tf.float32, [None, None, None, 3], "images")
    result = tf.reduce_mean(tf.nn.conv2d(images, k, 1, "VALID") + b, [1, 2])
    session.run(v1.global_variables_initializer())
    info = v1.saved_model.utils.build_tensor_info
    signature = v1.saved_model.signature_def_utils.build_signature_def(
        {"images": info(images)}, {"default": info(result)}, "default")
    builder = v1.saved_model.Builder(os.path.join(out, "hub1"))
    builder.add_meta_graph_and_variables(session, [], {"default": signature}, strip_default_attrs=True)
    builder.save()
with open(os.path.join(out, "hub1", "tfhub_module.pb"), "wb") as f:
    f.write(b"\x08\x03")
