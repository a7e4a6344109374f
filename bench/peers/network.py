"""BiT's ResNet-v2 in PyTorch, after the paper (arXiv:1912.11370) and the layout of its published checkpoints.

What the official port computes, operation by operation: kernels are standardised in every call, GroupNorm has 32
groups, and the pool of the root block sees a border of zeros.
"""

import torch
from torch import nn
from torch.nn import functional as F

import architecture

GROUPS = 32
WEIGHT_EPSILON = 1e-10  # google-research/big_transfer 140de6e, bit_pytorch/models.py


def standardise(kernel):
    """Every output channel with mean 0 and variance 1 over the rest; biased variance."""
    variance, mean = torch.var_mean(kernel, dim=(1, 2, 3), keepdim=True, correction=0)
    return (kernel - mean) / torch.sqrt(variance + WEIGHT_EPSILON)


class StandardisedConv(nn.Conv2d):
    """A convolution of standardised kernels, without bias; side k is padded by k // 2."""

    def __init__(self, cin, cout, side, stride=1):
        super().__init__(cin, cout, side, stride=stride, padding=side // 2, bias=False)
        self.folded = False

    def forward(self, x):
        kernel = self.weight if self.folded else standardise(self.weight)
        return F.conv2d(x, kernel, None, self.stride, self.padding)

    def fold(self):
        """Standardises once and for all: for inference only."""
        with torch.no_grad():
            self.weight.copy_(standardise(self.weight))
        self.folded = True


class Unit(nn.Module):
    """A bottleneck with activations before convolutions; a projection starts from the activation, too."""

    def __init__(self, cin, mid, cout, stride):
        super().__init__()
        self.norm_a, self.conv_a = nn.GroupNorm(GROUPS, cin), StandardisedConv(cin, mid, 1)
        self.norm_b, self.conv_b = nn.GroupNorm(GROUPS, mid), StandardisedConv(mid, mid, 3, stride)
        self.norm_c, self.conv_c = nn.GroupNorm(GROUPS, mid), StandardisedConv(mid, cout, 1)
        self.projection = StandardisedConv(cin, cout, 1, stride) if cin != cout else None

    def forward(self, x):
        active = F.relu(self.norm_a(x))
        past = x if self.projection is None else self.projection(active)
        y = self.conv_a(active)
        y = self.conv_b(F.relu(self.norm_b(y)))
        return past + self.conv_c(F.relu(self.norm_c(y)))


class Network(nn.Module):
    """[batch, 3, height, width] in [-1, 1] to logits [batch, classes]."""

    def __init__(self, name, classes):
        super().__init__()
        _, width = architecture.parse(name)
        described = list(architecture.units(name))
        self.root = StandardisedConv(3, 64 * width, 7, 2)
        self.units = nn.ModuleList([Unit(cin, mid, cout, stride) for _, cin, mid, cout, stride in described])
        self.prefixes = [described_unit[0] for described_unit in described]
        features = described[-1][3]
        self.norm = nn.GroupNorm(GROUPS, features)
        self.head = nn.Conv2d(features, classes, 1)

    def forward(self, x):
        x = F.max_pool2d(F.pad(self.root(x), (1, 1, 1, 1)), 3, 2)
        for unit in self.units:
            x = unit(x)
        x = F.relu(self.norm(x)).mean(dim=(2, 3), keepdim=True)
        return self.head(x).flatten(1)

    def named_published(self):
        """(published name, parameter) of all parameters."""
        yield "resnet/root_block/standardized_conv2d/kernel", self.root.weight
        for at, unit in zip(self.prefixes, self.units):
            if unit.projection is not None:
                yield at + "a/proj/standardized_conv2d/kernel", unit.projection.weight
            for part in "abc":
                norm = getattr(unit, "norm_" + part)
                yield f"{at}{part}/group_norm/gamma", norm.weight
                yield f"{at}{part}/group_norm/beta", norm.bias
                yield f"{at}{part}/standardized_conv2d/kernel", getattr(unit, "conv_" + part).weight
        yield "resnet/group_norm/gamma", self.norm.weight
        yield "resnet/group_norm/beta", self.norm.bias
        yield "resnet/head/conv2d/kernel", self.head.weight
        yield "resnet/head/conv2d/bias", self.head.bias

    @torch.no_grad()
    def load_from(self, arrays):
        """Takes every parameter from a mapping of published names to arrays, kernels HWIO."""
        for name, parameter in self.named_published():
            values = torch.from_numpy(arrays[name])
            parameter.copy_(values.permute(3, 2, 0, 1) if values.ndim == 4 else values)

    def fold(self):
        """Standardises every kernel once, for inference."""
        for module in self.modules():
            if isinstance(module, StandardisedConv):
                module.fold()
