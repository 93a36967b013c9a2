#!/usr/bin/env python3
"""Reads forecasts from Kafka and draws the newest one of each environment.

    pip install confluent-kafka avro requests matplotlib
    python3 examples/python/plot_forecasts.py --output forecasts.png

Records are Avro in Confluent's wire format: a zero byte, the schema's id in four bytes, the record.
"""

import argparse
import datetime
import io
import json
import struct
import sys
import time

import avro.io
import avro.schema
import confluent_kafka
import numpy
import requests

DTYPES = {"FLOAT32": "<f4", "FLOAT16": "<f2"}


class Registry:
    """Writers' schemas by id, asked for once each."""

    def __init__(self, url):
        self.url = url.rstrip("/")
        self.readers = {}

    def decode(self, message):
        magic, schema_id = struct.unpack(">bI", message[:5])
        if magic != 0:
            raise ValueError(f"expected a first byte of 0, found {magic}")
        if schema_id not in self.readers:
            answer = requests.get(f"{self.url}/schemas/ids/{schema_id}", timeout=10)
            answer.raise_for_status()
            schema = avro.schema.parse(answer.json()["schema"])
            self.readers[schema_id] = avro.io.DatumReader(schema)
        return self.readers[schema_id].read(avro.io.BinaryDecoder(io.BytesIO(message[5:])))


def array(tensor):
    """A tensor as float32, with the axes it was sent with."""
    data, shape = tensor["data"], tensor["shape"]
    if tensor["dtype"] == "BFLOAT16":
        return (numpy.frombuffer(data, "<u2").astype("<u4") << 16).view("<f4").reshape(shape)
    return numpy.frombuffer(data, DTYPES[tensor["dtype"]]).astype("<f4").reshape(shape)


def newest(options):
    """The newest forecast of each environment, from what is on the topic now."""
    consumer = confluent_kafka.Consumer(
        {
            "bootstrap.servers": options.bootstrap_servers,
            "group.id": "plot-forecasts",
            "enable.auto.commit": False,
            # What an aborted transaction has left behind never happened.
            "isolation.level": "read_committed",
            "enable.partition.eof": True,
            "fetch.message.max.bytes": 16 << 20,
        }
    )
    registry = Registry(options.schema_registry)
    found = {}
    try:
        topic = consumer.list_topics(options.topic, timeout=15).topics[options.topic]
        if topic.error is not None:
            raise SystemExit(f"topic {options.topic}: {topic.error}; does the forecast role run?")
        beginning = confluent_kafka.OFFSET_BEGINNING
        consumer.assign(
            [confluent_kafka.TopicPartition(options.topic, p, beginning) for p in topic.partitions]
        )
        unread = set(topic.partitions)
        deadline = time.monotonic() + options.timeout
        while unread:
            if time.monotonic() > deadline:
                raise SystemExit(f"partitions {sorted(unread)} not read after {options.timeout} s")
            message = consumer.poll(1.0)
            if message is None:
                continue
            if message.error() is None:
                forecast = registry.decode(message.value())
                found[forecast["environmentId"]] = forecast
            elif message.error().code() == confluent_kafka.KafkaError._PARTITION_EOF:
                unread.discard(message.partition())
            else:
                raise SystemExit(str(message.error()))
    finally:
        consumer.close()
    return found


def utc(instant):
    """The avro package hands instants over as datetimes, others as milliseconds."""
    if isinstance(instant, datetime.datetime):
        return instant
    return datetime.datetime.fromtimestamp(instant / 1000, datetime.timezone.utc)


def extent(grid):
    """Edges of the picture, half a cell beyond the outer points."""
    left, bottom = (grid["origin" + a] - grid["spacing" + a] / 2 for a in "XY")
    right = left + grid["width"] * grid["spacingX"]
    top = bottom + grid["height"] * grid["spacingY"]
    return left, right, bottom, top


def draw(forecasts, channel, most_leads, output):
    import matplotlib

    matplotlib.use("Agg")
    from matplotlib import pyplot

    names = sorted(forecasts)
    leads = max(len(f["leadSteps"]) for f in forecasts.values())
    columns = min(leads, most_leads)
    figure, axes = pyplot.subplots(
        len(names), columns, squeeze=False, layout="constrained",
        figsize=(2.2 * columns + 1.5, 2.4 * len(names) + 0.4),
    )
    for row, name in zip(axes, names):
        forecast = forecasts[name]
        mean = array(forecast["mean"])[:, channel]
        steps = forecast["leadSteps"]
        shown = numpy.unique(numpy.linspace(0, len(steps) - 1, columns).round().astype(int))
        grid, quantity = forecast["grid"], forecast["channels"][channel]
        for axis in row[len(shown):]:
            axis.axis("off")
        for axis, lead in zip(row, shown):
            image = axis.imshow(
                mean[lead], origin="lower", extent=extent(grid), cmap="viridis",
                vmin=mean.min(), vmax=mean.max(),
            )
            # Rows of descending coordinates, as latitudes often are, would stand upside down.
            _, _, bottom, top = extent(grid)
            axis.set_ylim(min(bottom, top), max(bottom, top))
            seconds = steps[lead] * forecast["intervalMs"] / 1000
            ahead = f"{seconds / 3600:g} h" if seconds >= 3600 else f"{seconds:g} s"
            axis.set_title(f"+{ahead}", fontsize=9)
            axis.tick_params(labelsize=7)
        issued = utc(forecast["issueTime"]).strftime("%Y-%m-%d %H:%M:%S")
        row[0].set_ylabel(f"{name}\n{issued} UTC\nweights v{forecast['weightsVersion']}", fontsize=8)
        unit = "" if quantity["unit"] == "1" else f" [{quantity['unit']}]"
        figure.colorbar(image, ax=list(row), label=quantity["name"] + unit, shrink=0.9)
    figure.savefig(output, dpi=110)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--bootstrap-servers", default="localhost:9092")
    parser.add_argument("--schema-registry", default="http://localhost:8081")
    parser.add_argument("--topic", default="forecasts")
    parser.add_argument("--channel", type=int, default=0, help="which channel is drawn")
    parser.add_argument("--leads", type=int, default=5, help="most leads that are drawn")
    parser.add_argument("--timeout", type=float, default=60, help="seconds to read the topic")
    parser.add_argument("--output", default="forecasts.png", help="the picture")
    parser.add_argument("--json", action="store_true", help="print ranges instead of drawing")
    options = parser.parse_args()
    forecasts = newest(options)
    if not forecasts:
        raise SystemExit(f"topic {options.topic} holds no forecast yet")
    if options.json:
        for name in sorted(forecasts):
            mean = array(forecasts[name]["mean"])
            line = {"environment": name, "weightsVersion": forecasts[name]["weightsVersion"],
                    "shape": list(mean.shape), "min": float(mean.min()), "max": float(mean.max())}
            print(json.dumps(line))
        return
    draw(forecasts, options.channel, options.leads, options.output)
    print(f"{options.output}: {len(forecasts)} environments")


if __name__ == "__main__":
    sys.exit(main())
