"""Writes the HDF5 files of this folder: make.py DIRECTORY. Needs h5py and numpy."""
import os
import sys

import h5py
import numpy as np

out = sys.argv[1]


def path(name):
    return os.path.join(out, name + ".h5")


# The three tensors of CheckpointContract, in each generation of the format.
for name, versions in {"earliest": "earliest", "v18": ("v108", "v108"), "latest": "latest"}.items():
    with h5py.File(path("tiny-" + name), "w", libver=versions) as f:
        f["a/x"] = np.arange(6, dtype="<f4").reshape(2, 3)
        f["s"] = np.float32(2.5)
        f["e"] = np.zeros((0, 2), "<f4")

# Contents in the headers themselves.
with h5py.File(path("tiny-compact"), "w") as f:
    for name, value in {"a/x": np.arange(6, dtype="<f4").reshape(2, 3), "s": np.float32(2.5)}.items():
        plist = h5py.h5p.create(h5py.h5p.DATASET_CREATE)
        plist.set_layout(h5py.h5d.COMPACT)
        group = f.require_group(os.path.dirname(name)) if "/" in name else f
        space = h5py.h5s.create_simple(value.shape) if value.shape else h5py.h5s.create(h5py.h5s.SCALAR)
        d = h5py.h5d.create(group.id, os.path.basename(name).encode(), h5py.h5t.IEEE_F32LE, space, plist)
        d.write(h5py.h5s.ALL, h5py.h5s.ALL, np.ascontiguousarray(value))
    f["e"] = np.zeros((0, 2), "<f4")

# Attributes of every kind, links of every kind, element types.
for name, versions in {"earliest": "earliest", "latest": "latest"}.items():
    with h5py.File(path("mixed-" + name), "w", libver=versions) as f:
        f["a/x"] = np.arange(6, dtype="<f4")
        f.attrs["fixed"] = np.array([b"one", b"three"])
        f.attrs["scalar"] = np.bytes_("x")
        f.attrs["variable"] = "gr\u00f6\u00dfe"
        f.attrs["variables"] = ["a", "", "ccc"]
        f.attrs["floats"] = []
        f.attrs["number"] = 7
        spaces = h5py.h5t.C_S1.copy()
        spaces.set_size(5)
        spaces.set_strpad(h5py.h5t.STR_SPACEPAD)
        a = h5py.h5a.create(f.id, b"spaces", spaces, h5py.h5s.create(h5py.h5s.SCALAR))
        a.write(np.array(b"ab   ", "S5"), spaces)
        f["a"].attrs["none"] = np.zeros(0, "S1")
        f["a"].attrs["null"] = h5py.Empty("S3")
        f["a/x"].attrs["on"] = np.array([b"dataset"])
        f["soft"] = h5py.SoftLink("/a/x")
        f["external"] = h5py.ExternalLink("/etc/passwd", "/a")
        f["a/circle"] = f["/"]
        f["z"] = f["a/x"]
        f["half"] = np.arange(3, dtype="<f2")
        f["double"] = np.arange(3, dtype="<f8")
        f["whole"] = np.arange(3, dtype="<i8")

# Links and attributes that are too many for the headers.
with h5py.File(path("dense"), "w", libver="latest") as f:
    f["x"] = np.arange(6, dtype="<f4")
    for i in range(60):
        f["link%02d" % i] = f["x"]
    for i in range(9):
        f.attrs["names%d" % i] = np.array([b"value%d" % i])

# What is refused, one file each.
with h5py.File(path("chunked"), "w") as f:
    f.create_dataset("x", data=np.arange(6, dtype="<f4"), chunks=(3,))
with h5py.File(path("gzip"), "w") as f:
    f.create_dataset("x", data=np.arange(6, dtype="<f4"), compression="gzip")
with h5py.File(path("big-endian"), "w") as f:
    f["x"] = np.arange(6, dtype=">f4")
with h5py.File(path("unsigned"), "w") as f:
    f["x"] = np.arange(6, dtype="<u8")
with h5py.File(path("text"), "w") as f:
    f["x"] = np.array([b"one"])
with h5py.File(path("unwritten"), "w") as f:
    f.create_dataset("x", (3,), "<f4")
with h5py.File(path("external"), "w") as f:
    f.create_dataset("x", (3,), "<f4", external=[("/etc/passwd", 0, 12)])
with h5py.File(path("userblock"), "w", userblock_size=512) as f:
    f["x"] = np.arange(6, dtype="<f4")
with h5py.File(path("null"), "w") as f:
    f["x"] = h5py.Empty("<f4")
