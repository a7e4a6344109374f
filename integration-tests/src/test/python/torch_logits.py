"""Logits of a converted model in its PyTorch library: torch_logits.py timm|hf DIR IMAGES.npy OUT.npy

DIR is what `convert` wrote, an R50x1; IMAGES.npy is float32 NHWC in [-1, 1]. Names and preprocessing are checked on
the way. The libraries lie on PYTHONPATH, beside a torch whose torchvision has no binary half: its two operators are
declared before they are asked for.
"""
import sys

import numpy as np
import torch

operators = torch.library.Library("torchvision", "DEF")
operators.define("nms(Tensor dets, Tensor scores, float iou_threshold) -> Tensor")
operators.define("qnms(Tensor dets, Tensor scores, float iou_threshold) -> Tensor")


def require(expected, found):
    if expected != found:
        raise SystemExit(f"expected {expected}, found {found}")


def by_timm(model):
    import timm
    from timm.data import resolve_model_data_config

    strict = timm.create_model("resnetv2_50x1_bit", num_classes=10, checkpoint_path=model + "/model.safetensors")
    network = timm.create_model("local-dir:" + model, pretrained=True)
    for name, tensor in strict.state_dict().items():
        if not torch.equal(tensor, network.state_dict()[name]):
            raise SystemExit(f"{name} differs between checkpoint_path and local-dir")
    config = resolve_model_data_config(network)
    require((0.5, 0.5, 0.5), tuple(config["mean"]))
    require((0.5, 0.5, 0.5), tuple(config["std"]))
    require((3, 384, 384), tuple(config["input_size"]))
    require("bilinear", config["interpolation"])
    require("squash", config["crop_mode"])
    require([f"name {i}" for i in range(10)], list(network.pretrained_cfg["label_names"]))
    return network.eval()


def by_transformers(model):
    from transformers import BitForImageClassification, BitImageProcessor

    network, report = BitForImageClassification.from_pretrained(model, output_loading_info=True)
    for kind in ("missing_keys", "unexpected_keys", "mismatched_keys"):
        require([], list(report[kind]))
    require({i: f"name {i}" for i in range(10)}, network.config.id2label)
    processor = BitImageProcessor.from_pretrained(model)
    picture = np.random.default_rng(0).integers(0, 256, (300, 500, 3), dtype=np.uint8)
    pixels = processor(picture, return_tensors="pt")["pixel_values"]
    require((1, 3, 384, 384), tuple(pixels.shape))
    square = np.random.default_rng(0).integers(0, 256, (384, 384, 3), dtype=np.uint8)
    pixels = processor(square, return_tensors="np")["pixel_values"][0]
    require(True, bool(np.abs(pixels - (square.transpose(2, 0, 1) / 127.5 - 1)).max() < 1e-5))
    network.eval()
    return lambda x: network(x).logits


def main(library, model, images, out):
    network = {"timm": by_timm, "hf": by_transformers}[library](model)
    nchw = torch.from_numpy(np.load(images).transpose(0, 3, 1, 2).copy())
    with torch.no_grad():
        np.save(out, network(nchw).numpy())


main(*sys.argv[1:])
