"""timm's BiT: python timm_peer.py --weights W.npz --mode infer|latency|train|load|start [--channels-last] [--compiled]"""
import json

import measure
import pytorch_work


def declare_operators():
    """A torchvision whose binary half does not fit this torch still imports if its two operators are known."""
    import torch

    library = torch.library.Library("torchvision", "FRAGMENT")
    for signature in ("nms(Tensor dets, Tensor scores, float iou_threshold) -> Tensor",
                      "qnms(Tensor dets, Tensor scores, float iou_threshold) -> Tensor"):
        library.define(signature)
    return library


OPERATORS = []  # a library's operators go when it goes


def build(args):
    if not OPERATORS:
        try:
            import torchvision  # noqa: F401
        except (RuntimeError, AttributeError):
            for module in [m for m in __import__("sys").modules if m.split(".")[0] == "torchvision"]:
                del __import__("sys").modules[module]
            OPERATORS.append(declare_operators())
    import timm

    network = timm.create_model(f"resnetv2_{args.arch[1:]}_bit", pretrained=False, num_classes=args.classes)
    network.load_pretrained(args.weights)
    return network


def main():
    parser = pytorch_work.options(measure.options("timm's BiT", ("infer", "latency", "train", "load", "start")))
    args = measure.parse(parser)
    measure.need("torch", "timm")
    if args.mode == "start":
        print(json.dumps({"answer": pytorch_work.answer(args, build)}), flush=True)
        return
    measure.run(args, pytorch_work.name("timm", args), pytorch_work.work(args, build, ("timm",)))


if __name__ == "__main__":
    main()
