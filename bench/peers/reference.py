"""Logits of the first seeded picture, by this folder's network in float32, for the peers to be checked against.

python reference.py ARCH WEIGHTS.npz CLASSES SIZE OUT.npy
"""

import sys

import measure
import numpy as np
import weights


def main(architecture, file, classes, size, out):
    measure.need("torch")
    import torch

    import network

    made = network.Network(architecture, int(classes)).eval()
    with np.load(file) as arrays:
        made.load_from(arrays)
    with torch.no_grad():
        logits = made(torch.from_numpy(weights.pixels(1, int(size)).transpose(0, 3, 1, 2).copy()))
    np.save(out, logits.numpy()[0])


if __name__ == "__main__":
    if len(sys.argv) != 6:
        sys.exit(__doc__)
    main(*sys.argv[1:])
