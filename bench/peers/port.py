"""The official PyTorch port's network: this folder's rendering of it, or with --official its own code.

    python port.py --weights W.npz --mode infer|latency|train|load|start [--channels-last] [--compiled] [--official DIR]

DIR is a checkout of google-research/big_transfer.
"""

import json
import sys

import measure
import pytorch_work


def rendering(args):
    import network
    import numpy as np

    made = network.Network(args.arch, args.classes)
    with np.load(args.weights) as arrays:
        made.load_from(arrays)
    return made


def official(args):
    import numpy as np

    if args.official not in sys.path:
        sys.path.insert(0, args.official)
    from bit_pytorch import models

    made = models.KNOWN_MODELS["BiT-M-" + args.arch](head_size=args.classes)
    with np.load(args.weights) as arrays:
        made.load_from(arrays)
    return made


def main():
    parser = pytorch_work.options(
        measure.options("the official PyTorch port", ("infer", "latency", "train", "load", "start"))
    )
    parser.add_argument("--official", help="checkout of the official code; otherwise our rendering of its network")
    args = measure.parse(parser)
    measure.need("torch")
    build = official if args.official else rendering
    if args.mode == "start":
        print(json.dumps({"answer": pytorch_work.answer(args, build)}), flush=True)
        return
    base = "official port" if args.official else "port"
    measure.run(args, pytorch_work.name(base, args), pytorch_work.work(args, build, ()))


if __name__ == "__main__":
    main()
