"""Units of work of PyTorch networks, whoever wrote the network: inference, a training step, loading."""

import contextlib

import numpy as np

import measure
import weights

MOMENTUM = 0.9
RATE = 1e-5  # small, so that seeded pixels do not drive the loss away however many steps are measured


def options(parser):
    parser.add_argument("--channels-last", action="store_true")
    parser.add_argument("--compiled", action="store_true", help="through torch.compile, which wants a C++ compiler")
    parser.add_argument(
        "--frozen", action="store_true", help="compiled for inference with the weights as constants, standardised once"
    )
    return parser


def name(base, args):
    """What a peer is called: its network and how it is run."""
    parts = [base]
    parts += ["channels_last"] if args.channels_last else []
    parts += ["frozen"] if args.frozen else ["compiled"] if args.compiled else []
    parts += ["bf16"] if args.precision == "bf16" else []
    return " ".join(parts)


def work(args, build, packages):
    """The unit of work that was asked for; build(args) makes a float32 network with its weights loaded."""
    import torch

    torch.set_num_threads(args.per_stream)
    versions = ("torch", *packages)
    if args.mode == "load":
        return load(args, build, versions)
    network = build(args)
    if args.channels_last:
        network = network.to(memory_format=torch.channels_last)
    pictures = torch.from_numpy(np.ascontiguousarray(weights.pixels(args.batch, args.size).transpose(0, 3, 1, 2)))
    if args.channels_last:
        pictures = pictures.contiguous(memory_format=torch.channels_last)
    make = train if args.mode == "train" else infer
    return make(args, network, pictures, versions)


def compiled(args, network):
    import torch

    if args.frozen:
        import torch._inductor.config as inductor

        inductor.freezing = True
    return torch.compile(network) if args.compiled or args.frozen else network


def infer(args, network, pictures, versions):
    """One unit is a batch through the network; bf16 is weights and activations."""
    import torch

    network = network.eval()
    if args.precision == "bf16":
        network, pictures = network.bfloat16(), pictures.bfloat16()
    network = compiled(args, network)

    def unit(_):
        with torch.no_grad():
            return network(pictures)

    distance = measure.check(args, unit(0).float().numpy())
    return measure.Work(unit, args.batch, versions, distance)


def train(args, network, pictures, versions):
    """One unit is forward, backward and a momentum step; bf16 is activations, the weights stay float32."""
    import torch

    network = compiled(args, network.train())
    labels = torch.arange(args.batch) % args.classes
    optimizer = torch.optim.SGD(network.parameters(), lr=RATE, momentum=MOMENTUM)
    mixed = args.precision == "bf16"

    def unit(_):
        with torch.autocast("cpu", torch.bfloat16) if mixed else contextlib.nullcontext():
            logits = network(pictures)
            loss = torch.nn.functional.cross_entropy(logits, labels)
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        optimizer.step()
        return logits

    # The first step's logits are those of the weights as loaded.
    distance = measure.check(args, unit(0).detach().float().numpy())
    return measure.Work(unit, args.batch, versions, distance)


def load(args, build, versions):
    """One unit is a file to a network that is ready to answer."""
    import torch

    def unit(_):
        network = build(args).eval()
        return network

    distance = None
    if args.reference:
        pictures = torch.from_numpy(np.ascontiguousarray(weights.pixels(1, args.size).transpose(0, 3, 1, 2)))
        with torch.no_grad():
            distance = measure.check(args, unit(0)(pictures).numpy())
    return measure.Work(unit, 0, versions, distance)


def picture(args):
    """The picture of --mode start as the network wants it, by the arithmetic of tfbit's exports."""
    import torch
    from PIL import Image

    pixels = torch.from_numpy(np.asarray(Image.open(args.picture).convert("RGB"), np.float32).transpose(2, 0, 1))
    size = (args.size, args.size)
    resized = torch.nn.functional.interpolate(pixels[None], size, mode="bilinear", align_corners=False, antialias=False)
    return resized / 127.5 - 1


def answer(args, build):
    """Class number of the one picture of --mode start."""
    import torch

    torch.set_num_threads(args.threads)
    with torch.no_grad():
        return int(build(args).eval()(picture(args)).argmax())
