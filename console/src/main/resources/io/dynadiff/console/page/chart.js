// Line charts on a canvas: few series, told apart by dash and mark as well as by colour.

import { number } from "./format.js";

const MARGIN = { left: 58, right: 14, top: 38, bottom: 38 };
const MARKS = {
  circle: (c, x, y, r) => c.arc(x, y, r, 0, 2 * Math.PI),
  square: (c, x, y, r) => c.rect(x - r, y - r, 2 * r, 2 * r),
  diamond: (c, x, y, r) => {
    c.moveTo(x, y - 1.3 * r);
    c.lineTo(x + 1.3 * r, y);
    c.lineTo(x, y + 1.3 * r);
    c.lineTo(x - 1.3 * r, y);
    c.closePath();
  },
};

/** Round numbers that divide a range into about so many parts. */
export function ticks(low, high, about) {
  const rough = (high - low) / about;
  if (!(rough > 0)) return [low];
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((m) => m * power).find((s) => s >= rough);
  const found = [];
  for (let n = Math.ceil(low / step - 1e-9); n * step <= high + 1e-9 * step; n++) {
    found.push(Number((n * step).toPrecision(12)));
  }
  return found;
}

function logTicks(low, high) {
  const found = [];
  const decades = Math.log10(high / low);
  const factors = decades > 3 ? [1] : decades > 1.2 ? [1, 3] : [1, 2, 5];
  for (let power = Math.floor(Math.log10(low)); power <= Math.log10(high); power++) {
    for (const factor of factors) {
      const value = factor * 10 ** power;
      if (value >= low * 0.999 && value <= high * 1.001) found.push(value);
    }
  }
  return found;
}

/**
 * A chart that redraws itself when its data, its size or the colours of the page change.
 *
 * data: {series: [{name, points: [[x, y], ...], colour: "--forecast", dash: [], mark, steps}],
 *        events: [{x, sign, colour}], xLabel, yLabel, log, formatX}
 */
export class Chart {
  constructor(canvas, readout) {
    this.canvas = canvas;
    this.readout = readout;
    this.data = null;
    this.pointer = null;
    new ResizeObserver(() => this.draw()).observe(canvas);
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => {
      this.style = null;
      this.draw();
    });
    canvas.addEventListener("pointermove", (event) => {
      this.pointer = event.offsetX;
      this.draw();
    });
    canvas.addEventListener("pointerleave", () => {
      this.pointer = null;
      this.draw();
    });
  }

  show(data, description) {
    this.data = data;
    if (this.canvas.getAttribute("aria-label") !== description) {
      this.canvas.setAttribute("aria-label", description);
    }
    this.draw();
  }

  colour(name) {
    this.style ??= getComputedStyle(document.body);
    return this.style.getPropertyValue(name).trim();
  }

  draw() {
    const ratio = window.devicePixelRatio || 1;
    const width = this.canvas.clientWidth;
    const height = this.canvas.clientHeight;
    if (!this.data || width === 0) return;
    if (this.canvas.width !== Math.round(width * ratio) || this.canvas.height !== Math.round(height * ratio)) {
      this.canvas.width = Math.round(width * ratio);
      this.canvas.height = Math.round(height * ratio);
    }
    const context = this.canvas.getContext("2d");
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.clearRect(0, 0, width, height);
    context.font = "12px system-ui, sans-serif";
    const drawn = this.data.series.map((series) => ({
      ...series,
      points: series.points.filter(([, y]) => Number.isFinite(y) && (!this.data.log || y > 0)),
    }));
    const all = drawn.flatMap((series) => series.points);
    if (all.length === 0) {
      context.fillStyle = this.colour("--muted");
      context.fillText(this.data.empty ?? "Nothing to show yet", MARGIN.left, height / 2);
      this.say("");
      return;
    }
    const axes = this.axes(all, width, height);
    this.drawGrid(context, axes, width, height);
    this.drawEvents(context, axes, height);
    for (const series of drawn) this.drawSeries(context, axes, series);
    this.drawPointer(context, axes, drawn, height);
  }

  axes(all, width, height) {
    let [lowX, highX, lowY, highY] = [Infinity, -Infinity, Infinity, -Infinity];
    for (const [x, y] of all) {
      lowX = Math.min(lowX, x);
      highX = Math.max(highX, x);
      lowY = Math.min(lowY, y);
      highY = Math.max(highY, y);
    }
    if (this.data.rangeX) [lowX, highX] = this.data.rangeX;
    if (lowX === highX) [lowX, highX] = [lowX - 1, highX + 1];
    const log = this.data.log;
    if (log) {
      [lowY, highY] = [lowY / 1.3, highY * 1.3];
    } else {
      const room = (highY - lowY || Math.abs(highY) || 1) * 0.08;
      lowY = this.data.fromZero ? 0 : lowY - room;
      highY += room;
    }
    const innerWidth = width - MARGIN.left - MARGIN.right;
    const innerHeight = height - MARGIN.top - MARGIN.bottom;
    const scale = log ? Math.log : (value) => value;
    return {
      lowX, highX, lowY, highY,
      x: (value) => MARGIN.left + ((value - lowX) / (highX - lowX)) * innerWidth,
      y: (value) =>
        MARGIN.top + innerHeight - ((scale(value) - scale(lowY)) / (scale(highY) - scale(lowY))) * innerHeight,
    };
  }

  drawGrid(context, axes, width, height) {
    context.lineWidth = 1;
    context.strokeStyle = this.colour("--line");
    context.fillStyle = this.colour("--muted");
    context.textAlign = "right";
    context.textBaseline = "middle";
    for (const value of this.data.log ? logTicks(axes.lowY, axes.highY) : ticks(axes.lowY, axes.highY, 4)) {
      const y = Math.round(axes.y(value)) + 0.5;
      context.beginPath();
      context.moveTo(MARGIN.left, y);
      context.lineTo(width - MARGIN.right, y);
      context.stroke();
      context.fillText(number(value, 2), MARGIN.left - 8, y);
    }
    context.textAlign = "center";
    context.textBaseline = "top";
    const about = Math.max(2, Math.floor((width - MARGIN.left) / 90));
    for (const value of ticks(axes.lowX, axes.highX, about)) {
      context.fillText(this.data.formatX(value), axes.x(value), height - MARGIN.bottom + 7);
    }
    context.fillText(this.data.xLabel, MARGIN.left + (width - MARGIN.left - MARGIN.right) / 2, height - 15);
    context.textAlign = "left";
    context.fillText(this.data.yLabel + (this.data.log ? ", logarithmic" : ""), 4, 2);
    context.strokeStyle = this.colour("--muted");
    context.beginPath();
    context.moveTo(MARGIN.left, height - MARGIN.bottom + 0.5);
    context.lineTo(width - MARGIN.right, height - MARGIN.bottom + 0.5);
    context.stroke();
  }

  drawEvents(context, axes, height) {
    context.textAlign = "center";
    context.textBaseline = "bottom";
    for (const event of this.data.events ?? []) {
      if (event.x < axes.lowX || event.x > axes.highX) continue;
      const x = Math.round(axes.x(event.x)) + 0.5;
      context.strokeStyle = context.fillStyle = this.colour(event.colour);
      context.setLineDash([2, 3]);
      context.beginPath();
      context.moveTo(x, MARGIN.top);
      context.lineTo(x, height - MARGIN.bottom);
      context.stroke();
      context.setLineDash([]);
      context.fillText(event.sign, x, MARGIN.top - 3);
    }
  }

  drawSeries(context, axes, series) {
    context.strokeStyle = context.fillStyle = this.colour(series.colour);
    context.lineWidth = series.width ?? 2;
    context.lineJoin = "round";
    context.setLineDash(series.dash ?? []);
    context.beginPath();
    let before = null;
    for (const [x, y] of series.points) {
      if (before === null) context.moveTo(axes.x(x), axes.y(y));
      else {
        if (series.steps) context.lineTo(axes.x(x), axes.y(before));
        context.lineTo(axes.x(x), axes.y(y));
      }
      before = y;
    }
    context.stroke();
    context.setLineDash([]);
    if (series.mark) {
      for (const [x, y] of series.points) {
        context.beginPath();
        MARKS[series.mark](context, axes.x(x), axes.y(y), 3.2);
        context.fill();
      }
    }
  }

  drawPointer(context, axes, drawn, height) {
    if (this.pointer === null) {
      this.say("");
      return;
    }
    const at = drawn[0].points.length ? drawn[0].points : drawn.flatMap((series) => series.points);
    let nearest = at[0];
    for (const point of at) {
      if (Math.abs(axes.x(point[0]) - this.pointer) < Math.abs(axes.x(nearest[0]) - this.pointer)) nearest = point;
    }
    const x = Math.round(axes.x(nearest[0])) + 0.5;
    context.strokeStyle = this.colour("--ink");
    context.lineWidth = 1;
    context.beginPath();
    context.moveTo(x, MARGIN.top);
    context.lineTo(x, height - MARGIN.bottom);
    context.stroke();
    const values = drawn
      .map((series) => [series.name, series.points.find(([px]) => px === nearest[0])])
      .filter(([, point]) => point)
      .map(([name, point]) => `${name} ${number(point[1])}`);
    this.say([this.data.formatX(nearest[0], true), ...values].join("   "));
  }

  say(text) {
    if (this.readout && this.readout.textContent !== text) this.readout.textContent = text;
  }
}

/** A legend whose samples carry the dash and the mark of their series. */
export function legend(series) {
  return series.map(({ name, colour, dash, mark }) => {
    const sample = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    sample.setAttribute("viewBox", "0 0 28 10");
    sample.setAttribute("class", "sample " + colour.slice(2));
    sample.setAttribute("aria-hidden", "true");
    const line = document.createElementNS(sample.namespaceURI, "path");
    line.setAttribute("d", "M0 5H28");
    if (dash) line.setAttribute("stroke-dasharray", dash.join(" "));
    sample.append(line);
    if (mark) {
      const sign = document.createElementNS(sample.namespaceURI, "path");
      sign.setAttribute(
        "d",
        { circle: "M14 2a3 3 0 1 0 .01 0z", square: "M11 2h6v6h-6z", diamond: "M14 1l4 4-4 4-4-4z" }[mark],
      );
      sign.setAttribute("class", "mark");
      sample.append(sign);
    }
    const item = document.createElement("span");
    item.className = "key";
    item.append(sample, name);
    return item;
  });
}
