#!/usr/bin/env python3
"""Times the training of one expert in plain PyTorch: the peer that `dynadiff experiment cost` runs.

The network is the project's `fno`: lifting, blocks GELU(K u + W u + b) of which the last has no GELU,
projection; K multiplies the wavenumbers -ROWS..ROWS by 0..COLUMNS-1. One update is forward pass, mean
square error, backward pass and Adam, on frames that lie in memory. Prints one line of JSON; exits with
3 where there is no PyTorch.
"""

import argparse
import json
import sys
import time

try:
    import torch
    from torch import nn
    from torch.nn.functional import gelu, mse_loss
except ImportError:
    sys.exit(3)


class Block(nn.Module):
    def __init__(self, hidden, rows, columns):
        super().__init__()
        self.rows, self.columns = rows, columns
        scale = (1.0 / hidden) ** 0.5
        self.spectral = nn.Parameter(
            scale / 2**0.5 * torch.randn(hidden, hidden, 2 * rows + 1, columns, 2)
        )
        self.bias = nn.Parameter(scale * torch.randn(hidden, 1, 1))
        self.skip = nn.Conv2d(hidden, hidden, 1, bias=False)

    def forward(self, u):
        height, width = u.shape[-2:]
        r, c = self.rows, self.columns
        modes = torch.fft.rfft2(u, norm="forward")
        kept = torch.cat([modes[:, :, : r + 1, :c], modes[:, :, height - r :, :c]], dim=2)
        mixed = torch.einsum("bixy,ioxy->boxy", kept, torch.view_as_complex(self.spectral))
        filled = torch.zeros(
            u.shape[0], mixed.shape[1], height, width // 2 + 1, dtype=mixed.dtype
        )
        filled[:, :, : r + 1, :c] = mixed[:, :, : r + 1]
        filled[:, :, height - r :, :c] = mixed[:, :, r + 1 :]
        convolved = torch.fft.irfft2(filled, s=(height, width), norm="forward")
        return convolved + self.skip(u) + self.bias


class Fno(nn.Module):
    def __init__(self, inputs, channels, hidden, layers, rows, columns):
        super().__init__()
        self.lifting = nn.Sequential(
            nn.Conv2d(inputs, 2 * hidden, 1), nn.GELU(), nn.Conv2d(2 * hidden, hidden, 1)
        )
        self.blocks = nn.ModuleList(Block(hidden, rows, columns) for _ in range(layers))
        self.projection = nn.Sequential(
            nn.Conv2d(hidden, 2 * hidden, 1), nn.GELU(), nn.Conv2d(2 * hidden, channels, 1)
        )

    def forward(self, x):
        u = self.lifting(x)
        for i, block in enumerate(self.blocks):
            u = block(u)
            if i < len(self.blocks) - 1:
                u = gelu(u)
        return self.projection(u)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    sizes = "inputs channels height width hidden layers rows columns batch steps warmup threads"
    for name in sizes.split():
        parser.add_argument("--" + name, type=int, required=True)
    a = parser.parse_args()
    torch.set_num_threads(a.threads)
    torch.manual_seed(1)
    model = Fno(a.inputs, a.channels, a.hidden, a.layers, a.rows, a.columns)
    adam = torch.optim.Adam(model.parameters(), lr=1e-4)
    frames = torch.randn(256, a.inputs, a.height, a.width)
    changes = torch.randn(256, a.channels, a.height, a.width)
    start = 0.0
    for step in range(-a.warmup, a.steps):
        if step == 0:
            start = time.perf_counter()
        drawn = torch.randint(256, (a.batch,))
        adam.zero_grad()
        mse_loss(model(frames[drawn]), changes[drawn]).backward()
        adam.step()
    seconds = time.perf_counter() - start
    print(
        json.dumps(
            {
                "samplesPerSecond": a.steps * a.batch / seconds,
                "parameters": sum(p.numel() for p in model.parameters()),
                "torch": torch.__version__,
                "python": sys.version.split()[0],
                "threads": torch.get_num_threads(),
            }
        )
    )


if __name__ == "__main__":
    main()
