"""TensorFlow in Python on a SavedModel that tfbit exported.

python tensorflow_peer.py --saved-model BASE/1 --weights W.npz --mode infer|latency|load|start [--streams K]
"""

import json
import os

import measure
import weights


def load(args):
    """The SavedModel, its threads and precision as asked for."""
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    import tensorflow as tf

    tf.config.threading.set_intra_op_parallelism_threads(args.per_stream)
    tf.config.threading.set_inter_op_parallelism_threads(args.streams)
    if args.precision == "bf16":
        tf.config.optimizer.set_experimental_options({"auto_mixed_precision_onednn_bfloat16": True})
    return tf, tf.saved_model.load(args.saved_model)


def work(args):
    tf, model = load(args)
    answer = model.signatures["images"]
    pictures = tf.constant(weights.pixels(args.batch, args.size))
    distance = measure.check(args, answer(images=pictures)["logits"].numpy())
    if args.mode == "load":
        return measure.Work(lambda _: tf.saved_model.load(args.saved_model), 0, ("tensorflow-cpu",), distance)

    def unit(_):
        return answer(images=pictures)["logits"].numpy()

    return measure.Work(unit, args.batch, ("tensorflow-cpu",), distance)


def start(args):
    tf, model = load(args)
    with open(args.picture, "rb") as file:
        encoded = tf.constant([file.read()])
    return int(model.signatures["serving_default"](image_bytes=encoded)["classes"].numpy()[0, 0])


def main():
    parser = measure.options("TensorFlow in Python", ("infer", "latency", "load", "start"))
    parser.add_argument("--saved-model", required=True, help="BASE/N, as tfbit export wrote it")
    args = measure.parse(parser)
    measure.need("tensorflow")
    if args.mode == "start":
        print(json.dumps({"answer": start(args)}), flush=True)
        return
    name = "TensorFlow Python" + (f" {args.streams} streams" if args.streams > 1 else "")
    measure.run(args, name + (" bf16" if args.precision == "bf16" else "") + f" batch {args.batch}", work(args))


if __name__ == "__main__":
    main()
