"""Seeded weights in the published npz layout, and seeded pixels.

python weights.py R50x1 OUT.npz [CLASSES [SEED]]
"""

import os
import sys
import tempfile
import zipfile

import architecture
import numpy as np

# What a tensor's values lie between, by the end of its name; anything else is a kernel that gets standardised.
RANGES = (("/gamma", 0.5, 1.5), ("/beta", -0.3, 0.3), ("/bias", -0.5, 0.5), ("head/conv2d/kernel", -0.03, 0.03))


def tensors(name, classes, seed):
    """(published name, float32 values) of a whole checkpoint, one at a time."""
    random = np.random.Generator(np.random.PCG64(seed))
    for tensor, shape in architecture.shapes(name, classes):
        low, high = next(((low, high) for end, low, high in RANGES if tensor.endswith(end)), (-0.08, 0.10))
        yield tensor, random.random(shape, np.float32) * np.float32(high - low) + np.float32(low)


def write(path, name, classes=10, seed=0):
    """Writes a checkpoint as numpy.savez does, one tensor in memory at a time; the file appears whole."""
    handle, beside = tempfile.mkstemp(dir=os.path.dirname(os.path.abspath(path)), suffix=".part")
    try:
        with os.fdopen(handle, "wb") as out, zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
            for tensor, values in tensors(name, classes, seed):
                with archive.open(tensor + ".npy", "w", force_zip64=True) as entry:
                    np.lib.format.write_array(entry, values, allow_pickle=False)
        os.chmod(beside, 0o644)
        os.replace(beside, path)
    finally:
        if os.path.exists(beside):
            os.remove(beside)


def pixels(count, size, seed=0):
    """Pictures in [-1, 1], NHWC float32; picture i is the same whatever the count."""
    rows = [np.random.Generator(np.random.PCG64([seed, i])).random((size, size, 3), np.float32) for i in range(count)]
    return np.stack(rows) * np.float32(2) - np.float32(1)


if __name__ == "__main__":
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    write(sys.argv[2], sys.argv[1], *map(int, sys.argv[3:5]))
