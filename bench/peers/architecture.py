"""The shapes of BiT's published architectures, and what a picture costs in arithmetic. Needs no package."""

import math
import re

UNITS = {50: (3, 4, 6, 3), 101: (3, 4, 23, 3), 152: (3, 8, 36, 3)}


def parse(name):
    """(units of each block, width factor) of an architecture such as R50x1."""
    match = re.fullmatch(r"R(\d+)x(\d)", name)
    if not match or int(match[1]) not in UNITS:
        raise ValueError(f"expected an architecture from R50x1 to R152x4, found '{name}'")
    return UNITS[int(match[1])], int(match[2])


def units(name):
    """(prefix of its names, channels in, middle, out, stride) of every unit, in forward order."""
    counts, width = parse(name)
    cin = 64 * width
    for block, count in enumerate(counts, 1):
        mid = 64 * width * 2 ** (block - 1)
        for unit in range(1, count + 1):
            yield f"resnet/block{block}/unit{unit:02d}/", cin, mid, 4 * mid, 2 if unit == 1 and block > 1 else 1
            cin = 4 * mid


def shapes(name, classes):
    """(published name, shape) of every tensor; kernels HWIO."""
    _, width = parse(name)
    conv = "standardized_conv2d/kernel"
    yield "resnet/root_block/" + conv, (7, 7, 3, 64 * width)
    cout = 0
    for at, cin, mid, cout, _ in units(name):
        if cin != cout:
            yield at + "a/proj/" + conv, (1, 1, cin, cout)
        for part, kernel in (("a/", (1, 1, cin, mid)), ("b/", (3, 3, mid, mid)), ("c/", (1, 1, mid, cout))):
            yield at + part + "group_norm/gamma", (kernel[2],)
            yield at + part + "group_norm/beta", (kernel[2],)
            yield at + part + conv, kernel
    yield "resnet/group_norm/gamma", (cout,)
    yield "resnet/group_norm/beta", (cout,)
    yield "resnet/head/conv2d/kernel", (1, 1, cout, classes)
    yield "resnet/head/conv2d/bias", (classes,)


def gflop(name, size):
    """Arithmetic of the convolutions of one forward pass of one size x size picture, in 10^9 operations.

    A multiplication and an addition are two. GroupNorm, pooling and the head are left out.
    """
    _, width = parse(name)
    side = math.ceil(size / 2)
    total = side * side * 7 * 7 * 3 * 64 * width
    side = (side + 2 - 3) // 2 + 1
    for _, cin, mid, cout, stride in units(name):
        after = math.ceil(side / stride)
        projection = cin * cout if cin != cout else 0
        total += side * side * cin * mid + after * after * (9 * mid * mid + mid * cout + projection)
        side = after
    return 2 * total / 1e9
