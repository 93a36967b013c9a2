#!/usr/bin/env python3
"""Opens what `dynadiff forecasts export` wrote and checks its coordinates and units.

    dynadiff forecasts export era5-uk/r00c00 --output forecasts.nc
    python3 examples/python/check_forecasts.py forecasts.nc

Needs xarray and scipy (or netCDF4). Ends with 0 if all is as the CF conventions ask, 1 if not.
"""

import argparse
import json
import sys

import numpy
import xarray


def objections(data):
    """What is not as it should be, a sentence each."""
    found = []

    def expect(condition, sentence):
        if not condition:
            found.append(sentence)

    expect(data.attrs.get("Conventions", "").startswith("CF-"), "no CF conventions are named")
    expect(data["time"].dtype.kind == "M", "time is not decoded to instants")
    expect(data["lead"].dtype.kind == "m", "lead is not decoded to durations")
    expect(data["time"].to_index().is_monotonic_increasing, "time goes backwards")
    sums = data["time"].values[:, None] + data["lead"].values[None, :]
    expect((data["valid_time"].values == sums).all(), "valid_time is not time + lead")
    for name, unit, limit in (("latitude", "degrees_north", 90), ("longitude", "degrees_east", 360)):
        if name in data.coords:
            expect(data[name].attrs.get("units") == unit, f"{name} is not in {unit}")
            expect(abs(data[name]).max() <= limit, f"{name} is beyond {limit} degrees")
    for name, field in fields(data).items():
        expect("units" in field.attrs, f"{name} has no units")
        expect("valid_time" in field.coords, f"{name} does not know when it is valid")
        for dimension in field.dims:
            expect(dimension in data.coords, f"{name} has no coordinate {dimension}")
        if name + "_members" in data:
            members = data[name + "_members"].mean("member", skipna=False)
            tolerance = 1e-3 * max(1.0, float(field.max() - field.min()))
            expect((abs(members - field).fillna(0) <= tolerance).all(),
                   f"{name} is not the mean of its members")
        if name.endswith("_spread"):
            expect((field.fillna(0) >= 0).all(), f"{name} is negative somewhere")
    return found


def fields(data):
    return {name: field for name, field in data.data_vars.items() if "lead" in field.dims}


def summary(data):
    described = {}
    for name, field in fields(data).items():
        described[name] = {
            "dims": list(field.dims), "units": field.attrs.get("units"),
            "min": float(field.min()), "max": float(field.max()),
            "missing": int(field.isnull().sum()),
        }
    return {
        "sizes": {name: data.sizes[name] for name in sorted(data.sizes)},
        "time": [str(t)[:19] for t in data["time"].values],
        "lead": [float(lead / numpy.timedelta64(1, "s")) for lead in data["lead"].values],
        "fields": described,
    }


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("file")
    parser.add_argument("--json", action="store_true", help="print a summary as JSON")
    options = parser.parse_args()
    with xarray.open_dataset(options.file, decode_timedelta=True) as data:
        wrong = objections(data)
        print(json.dumps(summary(data)) if options.json else data)
    for sentence in wrong:
        print(f"{options.file}: {sentence}", file=sys.stderr)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
