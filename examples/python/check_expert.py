#!/usr/bin/env python3
"""Rebuilds an exported expert in plain PyTorch and compares it with what Java computed.

    dynadiff bundle export bundles/lambda-omega --output base.safetensors
    python3 examples/python/check_expert.py base.safetensors

Needs torch (1.13 or newer) and numpy. Ends with 0 if the outputs agree, 1 if they do not.
"""

import json
import math
import pathlib
import sys

import numpy
import torch
from torch.nn.functional import gelu

# Both sides compute in float32 and sum in different orders. Of the largest normalised change.
TOLERANCE = 2e-5


def read_safetensors(path):
    """Tensors by name and the metadata; the format is a length, a JSON header and the bytes."""
    data = pathlib.Path(path).read_bytes()
    length = int.from_bytes(data[:8], "little")
    header = json.loads(data[8 : 8 + length])
    metadata = header.pop("__metadata__", {})
    tensors = {}
    for name, entry in header.items():
        if entry["dtype"] != "F32":
            raise SystemExit(f"{path}: {name}: expected dtype F32, found {entry['dtype']}")
        begin, end = (8 + length + offset for offset in entry["data_offsets"])
        values = numpy.frombuffer(data[begin:end], "<f4").reshape(entry["shape"])
        tensors[name] = torch.from_numpy(values.copy())
    return tensors, metadata


def coordinates(kind, height, width):
    """Input channels that say where a point lies, [coordinate, y, x]."""
    y = (torch.arange(height, dtype=torch.float64) / height)[:, None].expand(height, width)
    x = (torch.arange(width, dtype=torch.float64) / width)[None, :].expand(height, width)
    if kind == "LINEAR":
        return [y.float(), x.float()]
    if kind == "CYCLIC":
        return [f(2 * math.pi * a).float() for a in (y, x) for f in (torch.sin, torch.cos)]
    return []


def dense(weights, name, u):
    """A map over channels, the same at every point."""
    matrix = weights[name + ".weight"][:, :, 0]
    return torch.einsum("oi,iyx->oyx", matrix, u) + weights[name + ".bias"][:, None, None]


def spectral(kernel, first_y, u):
    """Product with a kernel [in, out, ky, kx] in Fourier space; first_y is its lowest ky."""
    height, width = u.shape[-2:]
    rows, columns = kernel.shape[2:]
    ky = (torch.arange(rows) + first_y) % height
    modes = torch.fft.rfft2(u, norm="forward")
    kept = torch.zeros(kernel.shape[1], height, width // 2 + 1, dtype=modes.dtype)
    kept[:, ky, :columns] = torch.einsum("iyx,ioyx->oyx", modes[:, ky, :columns], kernel)
    return torch.fft.irfft2(kept, s=(height, width), norm="forward")


def network(spec, weights, state, event_time_ms):
    """What the expert's network gives for a normalised field [channel, y, x]."""
    paper = spec["architecture"] == "neuraloperator-fno"
    sizes = spec["sizes"]
    height, width = state.shape[-2:]
    inputs = list(state) + coordinates("LINEAR" if paper else spec["coordinates"], height, width)
    period = spec["clockPeriodMillis"]
    if period:
        phase = 2 * math.pi * (event_time_ms % period) / period
        inputs += [torch.full((height, width), f(phase)) for f in (math.sin, math.cos)]
    u = dense(weights, "lifting.fcs.1", gelu(dense(weights, "lifting.fcs.0", torch.stack(inputs))))
    first_y = -(sizes["modesY"] // 2)
    for layer in range(sizes["layers"]):
        last = layer == sizes["layers"] - 1
        conv = f"fno_blocks.convs.{layer}."
        kernel = torch.view_as_complex(weights[conv + ("weight.tensor" if paper else "weight")])
        skip = weights[f"fno_blocks.fno_skips.{layer}.conv.weight"][:, :, 0]
        v = spectral(kernel, first_y, u) + torch.einsum("oi,iyx->oyx", skip, u)
        v = v + weights[conv + "bias"]
        v = v if last else gelu(v)
        if paper:
            mlp = f"fno_blocks.channel_mlp.{layer}"
            gate = weights[f"fno_blocks.channel_mlp_skips.{layer}.weight"][0]
            v = dense(weights, mlp + ".fcs.1", gelu(dense(weights, mlp + ".fcs.0", v))) + gate * u
            v = v if last else gelu(v)
        u = v
    return dense(weights, "projection.fcs.1", gelu(dense(weights, "projection.fcs.0", u)))


def main(path):
    weights, metadata = read_safetensors(path)
    reference, frame_metadata = read_safetensors(
        str(path).removesuffix(".safetensors") + ".reference.safetensors"
    )
    spec = json.loads(metadata["expertSpec"])
    if spec["architecture"] not in ("fno", "neuraloperator-fno"):
        raise SystemExit(f"{path}: expected a Fourier neural operator, found {spec['architecture']}")
    offsets = torch.tensor(json.loads(metadata["normalisationOffsets"]))[:, None, None]
    scales = torch.tensor(json.loads(metadata["normalisationScales"]))[:, None, None]
    state = (reference["frame"] - offsets) / scales
    expected = (reference["next"] - offsets) / scales
    output = network(spec, weights, state, int(frame_metadata["eventTimeMillis"]))
    residual = spec["prediction"] == "RESIDUAL"
    found = state + spec["residualScale"] * output if residual else output
    change = (expected - state).abs().max().item()
    difference = (found - expected).abs().max().item()
    agree = difference <= TOLERANCE * max(1.0, change)
    print(
        f"{spec['architecture']}, version {metadata['weightsVersion']} of {metadata['bundleId']}: "
        f"largest difference {difference:.2e}, largest change {change:.2e} (normalised), "
        f"tolerance {TOLERANCE:.0e} of max(1, change): {'agree' if agree else 'DISAGREE'}"
    )
    return 0 if agree else 1


if __name__ == "__main__":
    if len(sys.argv) != 2:
        print("usage: check_expert.py FILE.safetensors", file=sys.stderr)
        sys.exit(2)
    sys.exit(main(sys.argv[1]))
