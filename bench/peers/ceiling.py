"""What the machine could do at most: as many one-thread matrix products at once as there are threads.

    python ceiling.py --weights W.npz --threads 2 [--precision bf16]

Prints the sum of all threads' 10^9 operations a second, a multiplication and an addition being two.
"""

import json
import statistics
import sys

import measure

SIDE = 2048  # of square matrices; 1024 to 4096 differ by a few per cent


def main():
    args = measure.parse(measure.options("matrix products", ("infer",)))
    args.streams, args.batch = args.threads, 0
    measure.need("torch")
    import torch

    number = torch.bfloat16 if args.precision == "bf16" else torch.float32
    matrices = [(torch.rand(SIDE, SIDE).to(number), torch.rand(SIDE, SIDE).to(number)) for _ in range(args.streams)]
    wanted = (matrices[0][0][:1].double() @ matrices[0][1].double())[0]

    def unit(stream):
        torch.set_num_threads(1)
        return torch.mm(*matrices[stream])

    found = unit(0)[0].double()
    if not (found - wanted).abs().max() <= 0.01 * wanted.abs().max():
        sys.exit("expected the product of two matrices, found another; do not trust this installation")
    for _ in range(args.warm_up):
        unit(0)
    if args.turns:
        print(json.dumps({"ready": "ceiling"}), flush=True)
    for _ in sys.stdin if args.turns else [None]:
        seconds = measure.turn(unit, args.streams, args.runs)
        median = statistics.median(seconds)
        print(
            json.dumps(
                {
                    "peer": f"{args.threads} matrix products of one thread",
                    "threads": args.threads,
                    "precision": args.precision,
                    "runs": args.runs,
                    "seconds": median,
                    "spread": (max(seconds) - min(seconds)) / median,
                    "gflops": args.streams * 2 * SIDE**3 / 1e9 / median,
                    "versions": {"torch": torch.__version__},
                }
            ),
            flush=True,
        )


if __name__ == "__main__":
    main()
