"""ONNX Runtime on the port's network: one session of all threads, or with --streams k sessions on a share each.

    python onnxruntime_peer.py --onnx N.onnx --weights W.npz --mode infer|latency|load|start [--streams K]
    python onnxruntime_peer.py --export --onnx N.onnx --weights W.npz --arch R50x1 --size 224

The exported kernels are standardised beforehand, which is the best a user can do.
"""

import json
import os

import measure
import numpy as np
import weights

# Merges the root block's border of zeros into the pool, whose own border is -inf: logits 2.6e-3 of their RMS away,
# ONNX Runtime 1.30.
WRONG_FUSION = "Pad_Fusion"

# GroupNormalization of opset 21 took 1.1 to 1.4 times as long as the InstanceNormalization that 18 makes of it.
OPSET = 18


def export(args):
    """Writes the network at one picture size, any batch; by PyTorch's exporter."""
    measure.need("torch", "onnx", "onnxscript")
    import torch

    import network

    made = network.Network(args.arch, args.classes).eval()
    with np.load(args.weights) as arrays:
        made.load_from(arrays)
    made.fold()
    beside = args.onnx + ".part.onnx"
    # Above 2 GB the weights lie in a file of their own, so its name must be the final one: no move then.
    large = os.path.getsize(args.weights) > 1 << 30
    torch.onnx.export(
        made,
        (torch.zeros(2, 3, args.size, args.size),),
        args.onnx if large else beside,
        input_names=["images"],
        output_names=["logits"],
        opset_version=OPSET,
        dynamo=True,
        dynamic_shapes=({0: torch.export.Dim("batch")},),
        external_data=large,
        verbose=False,
    )
    if not large:
        os.replace(beside, args.onnx)


def session(args, threads):
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    return onnxruntime.InferenceSession(
        args.onnx, options, providers=["CPUExecutionProvider"], disabled_optimizers=[WRONG_FUSION]
    )


def work(args):
    if args.mode == "load":
        unit = lambda _: session(args, args.threads)  # noqa: E731
        batch, first = weights.pixels(1, args.size), session(args, args.threads)
    else:
        sessions = [session(args, args.per_stream) for _ in range(args.streams)]
        batch, first = weights.pixels(args.batch, args.size), sessions[0]
    feed = {"images": np.ascontiguousarray(batch.transpose(0, 3, 1, 2))}
    distance = measure.check(args, first.run(None, feed)[0])
    if args.mode == "load":
        return measure.Work(unit, 0, ("onnxruntime",), distance)
    return measure.Work(lambda stream: sessions[stream].run(None, feed), args.batch, ("onnxruntime",), distance)


def start(args):
    from PIL import Image

    picture = Image.open(args.picture).convert("RGB").resize((args.size, args.size), Image.Resampling.BILINEAR)
    pixels = np.asarray(picture, np.float32).transpose(2, 0, 1)[None] / 127.5 - 1
    return int(session(args, args.threads).run(None, {"images": pixels})[0].argmax())


def main():
    parser = measure.options("ONNX Runtime", ("infer", "latency", "load", "start"))
    parser.add_argument("--onnx", required=True)
    parser.add_argument("--export", action="store_true", help="write --onnx and measure nothing")
    args = measure.parse(parser)
    if args.export:
        export(args)
        return
    measure.need("onnxruntime")
    if args.mode == "start":
        measure.need("PIL")
        print(json.dumps({"answer": start(args)}), flush=True)
        return
    name = "ONNX Runtime" + (f" {args.streams} streams" if args.streams > 1 else "") + f" batch {args.batch}"
    measure.run(args, name, work(args))


if __name__ == "__main__":
    main()
