"""timm's BiT.

python timm_peer.py --weights W.npz --mode infer|latency|train|load|start [--channels-last] [--compiled]
"""

import json
import sys

import measure
import pytorch_work


def import_torchvision():
    """timm wants torchvision; one whose binary half does not fit this torch imports if its operators are known.

    Returns what keeps them known.
    """
    import torch

    try:
        import torchvision  # noqa: F401

        return None
    except RuntimeError:
        for half_imported in [module for module in sys.modules if module.startswith("torchvision")]:
            del sys.modules[half_imported]
    library = torch.library.Library("torchvision", "FRAGMENT")
    for operator in ("nms", "qnms"):
        library.define(operator + "(Tensor dets, Tensor scores, float iou_threshold) -> Tensor")
    return library


TORCHVISION = []


def build(args):
    if not TORCHVISION:
        TORCHVISION.append(import_torchvision())
    import timm

    network = timm.create_model(f"resnetv2_{args.arch[1:]}_bit", pretrained=False, num_classes=args.classes)
    network.load_pretrained(args.weights)
    return network


def main():
    parser = pytorch_work.options(measure.options("timm's BiT", ("infer", "latency", "train", "load", "start")))
    args = measure.parse(parser)
    measure.need("torch", "torchvision", "timm")
    if args.mode == "start":
        print(json.dumps({"answer": pytorch_work.answer(args, build)}), flush=True)
        return
    measure.run(args, pytorch_work.name("timm", args), pytorch_work.work(args, build, ("timm",)))


if __name__ == "__main__":
    main()
