#!/usr/bin/env python3
"""Times steps and updates of one expert in plain PyTorch: the peer that `dynadiff bench experts` runs.

Builds the network of fno_training.py, says what it is in one line of JSON, and then answers every line
of standard input, `step BATCH COUNT` or `update BATCH COUNT`, with the milliseconds that one took on
average. Ends with its input; exits with 3 where there is no PyTorch.
"""

import argparse
import json
import sys
import time

from fno_training import Fno, torch
from torch.nn.functional import mse_loss


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    sizes = "inputs channels height width hidden layers rows columns threads"
    for name in sizes.split():
        parser.add_argument("--" + name, type=int, required=True)
    a = parser.parse_args()
    torch.set_num_threads(a.threads)
    torch.manual_seed(1)
    model = Fno(a.inputs, a.channels, a.hidden, a.layers, a.rows, a.columns)
    adam = torch.optim.Adam(model.parameters(), lr=1e-4)
    about = {
        "parameters": sum(p.numel() for p in model.parameters()),
        "torch": torch.__version__,
        "python": sys.version.split()[0],
        "threads": torch.get_num_threads(),
    }
    print(json.dumps(about), flush=True)
    for line in sys.stdin:
        what, batch, count = line.split()
        x = torch.randn(int(batch), a.inputs, a.height, a.width)
        y = torch.randn(int(batch), a.channels, a.height, a.width)
        start = time.perf_counter()
        for _ in range(int(count)):
            if what == "step":
                with torch.no_grad():
                    model(x)
            else:
                adam.zero_grad()
                mse_loss(model(x), y).backward()
                adam.step()
        print((time.perf_counter() - start) * 1000 / int(count), flush=True)


if __name__ == "__main__":
    main()
