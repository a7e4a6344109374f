"""Logits of a published npz in timm: timm_logits.py MODEL.npz IMAGES.npy OUT.npy

MODEL.npz is an R50x1 with 10 classes, IMAGES.npy float32 NHWC in [-1, 1]. timm lies on PYTHONPATH, beside a torch
whose torchvision has no binary half: its two operators are declared before timm asks for them.
"""
import sys

import numpy as np
import torch

operators = torch.library.Library("torchvision", "DEF")
operators.define("nms(Tensor dets, Tensor scores, float iou_threshold) -> Tensor")
operators.define("qnms(Tensor dets, Tensor scores, float iou_threshold) -> Tensor")

import timm  # noqa: E402


def main(model, images, out):
    network = timm.create_model("resnetv2_50x1_bit", pretrained=False, num_classes=10).eval()
    network.load_pretrained(model)
    nchw = torch.from_numpy(np.load(images).transpose(0, 3, 1, 2).copy())
    with torch.no_grad():
        np.save(out, network(nchw).numpy())


main(*sys.argv[1:])
