// Truth, forecast, error and spread side by side, at one lead time.

import { ERROR_MAP, MAPS, chooseMap, chosenMap } from "./colours.js";
import { element, eventTime, number, setAttribute, setText, span, withUnit, words } from "./format.js";
import { fetchFields } from "./live.js";
import { aspectRatio, drawBar, drawField, rowsRunUp } from "./picture.js";

const PLAY_EVERY_MS = 450;

/** One picture with its caption and what lies under the pointer. */
class Panel {
  constructor(name, note) {
    this.canvas = element("canvas", { role: "img", "aria-label": name });
    this.cross = element("span", { class: "cross", hidden: true });
    this.veil = element("span", { class: "veil", hidden: true });
    this.value = element("span", { class: "value" });
    this.title = element("span", { class: "title" }, name);
    this.node = element(
      "figure",
      { class: "field" },
      element("figcaption", {}, this.title, element("span", { class: "note" }, note), this.value),
      element("div", { class: "frame" }, this.canvas, this.cross, this.veil),
    );
  }

  veiled(text) {
    this.veil.hidden = text === null;
    if (text !== null) setText(this.veil, text);
  }
}

class Scale {
  constructor(label) {
    this.label = label;
    this.bar = element("canvas", { class: "colourbar", "aria-hidden": "true" });
    this.ends = [element("span"), element("span"), element("span")];
    this.node = element(
      "div",
      { class: "scale" },
      element("span", { class: "label" }, label),
      this.bar,
      element("div", { class: "ends" }, ...this.ends),
    );
  }

  show(colours, low, high, unitText) {
    drawBar(this.bar, colours);
    setText(this.ends[0], number(low));
    setText(this.ends[1], number((low + high) / 2));
    setText(this.ends[2], withUnit(high, unitText));
  }
}

function extremes(arrays) {
  let low = Infinity;
  let high = -Infinity;
  for (const array of arrays) {
    for (const value of array) {
      if (value < low) low = value;
      if (value > high) high = value;
    }
  }
  return low <= high ? [low, high] : [0, 1];
}

export class FieldsView {
  constructor(store, id) {
    this.store = store;
    this.id = id;
    this.fields = null;
    this.fetching = false;
    this.which = "verified";
    this.held = false;
    this.lead = 0;
    this.channel = 0;
    this.point = null;
    this.ranges = new Map();
    this.map = chosenMap();
    this.timer = null;
    this.#build();
  }

  #build() {
    this.truth = new Panel("Truth", "what came");
    this.forecast = new Panel("Forecast", "what was said");
    this.error = new Panel("Error", "forecast − truth");
    this.spread = new Panel("Spread", "what the ensemble doubts");
    this.panels = [this.truth, this.forecast, this.error, this.spread];
    this.valueScale = new Scale("Truth and forecast");
    this.errorScale = new Scale("Error");
    this.spreadScale = new Scale("Spread");
    this.slider = element("input", { type: "range", min: 0, max: 0, step: 1, value: 0, id: "lead", "aria-keyshortcuts": "ArrowLeft ArrowRight" });
    this.leadText = element("output", { for: "lead", class: "lead" });
    this.play = element("button", { type: "button", class: "play", "aria-keyshortcuts": "Space" }, "▶ Play");
    this.hold = element("button", { type: "button", "aria-pressed": "false", "aria-keyshortcuts": "l" }, "Hold");
    this.channels = element("select", { id: "channel" });
    this.maps = element(
      "select",
      { id: "colours" },
      ...Object.keys(MAPS).map((name) => element("option", { value: name, selected: name === this.map }, name)),
    );
    this.choice = element(
      "select",
      { id: "which" },
      element("option", { value: "verified" }, "Latest that has come true"),
      element("option", { value: "newest" }, "Newest, still open"),
    );
    this.issued = element("p", { class: "issued" });
    this.message = element("p", { class: "empty" }, "Waiting for the first forecast …");
    this.pictures = element("div", { class: "fields", hidden: true }, ...this.panels.map((panel) => panel.node));
    this.scales = element("div", { class: "scales", hidden: true }, this.valueScale.node, this.errorScale.node, this.spreadScale.node);
    this.controls = element(
      "div",
      { class: "controls", hidden: true },
      this.play,
      element("label", { for: "lead", class: "leadlabel" }, "Lead time"),
      this.slider,
      this.leadText,
    );
    this.node = element(
      "section",
      { class: "panel wide", "aria-labelledby": "fields-title" },
      element(
        "div",
        { class: "head" },
        element("h3", { id: "fields-title" }, "Fields"),
        this.issued,
        element(
          "div",
          { class: "options" },
          element("label", { for: "which" }, "Forecast "),
          this.choice,
          (this.channelLabel = element("label", { for: "channel" }, "Channel ")),
          this.channels,
          element("label", { for: "colours" }, "Colours "),
          this.maps,
          this.hold,
        ),
      ),
      this.message,
      this.pictures,
      this.scales,
      this.controls,
    );
    this.slider.addEventListener("input", () => this.showLead(Number(this.slider.value)));
    this.play.addEventListener("click", () => this.togglePlay());
    this.hold.addEventListener("click", () => this.toggleHold());
    this.channels.addEventListener("change", () => {
      this.channel = Number(this.channels.value);
      this.draw();
    });
    this.maps.addEventListener("change", () => {
      this.map = this.maps.value;
      chooseMap(this.map);
      this.draw();
    });
    this.choice.addEventListener("change", () => {
      this.which = this.choice.value;
      this.fields = null;
      this.update();
    });
    for (const panel of this.panels) {
      panel.canvas.addEventListener("pointermove", (event) => this.#pointAt(panel.canvas, event));
      panel.canvas.addEventListener("pointerleave", () => {
        this.point = null;
        this.drawPoint();
      });
    }
  }

  /** Takes note of what the server keeps now; fetches what is newer than what is shown. */
  update() {
    const kept = this.store.detail?.fields;
    if (!kept || this.held || this.fetching) return;
    const issue = this.which === "verified" ? kept.verifiedIssue : kept.newestIssue;
    if (issue < 0) {
      if (!this.fields) {
        setText(
          this.message,
          this.which === "verified" && kept.newestIssue >= 0
            ? "The first forecast has not come true in full yet …"
            : "Waiting for the first forecast …",
        );
      }
      return;
    }
    const shown = this.fields;
    const sameRun = shown && shown.runId === this.store.detail.runId;
    const stale = !sameRun || issue > shown.issueSequence || (this.which === "newest" && kept.newestFrame > this.frameShown);
    // While the leads play, the picture stays the same until the last of them.
    if (!stale || (this.timer !== null && shown && this.lead < shown.leadSteps.length - 1)) return;
    this.#fetch(kept.newestFrame);
  }

  async #fetch(frame) {
    this.fetching = true;
    try {
      const fields = await fetchFields(this.id, this.which, AbortSignal.timeout(10_000));
      if (fields) {
        this.fields = fields;
        this.frameShown = frame;
        this.#begin();
      }
    } catch (problem) {
      setText(this.message, `The fields could not be fetched: ${problem.message}`);
      this.message.hidden = this.fields !== null;
    } finally {
      this.fetching = false;
    }
  }

  #begin() {
    const { form, leadSteps } = this.fields;
    this.message.hidden = true;
    this.pictures.hidden = this.scales.hidden = this.controls.hidden = false;
    this.slider.max = leadSteps.length - 1;
    this.lead = Math.min(this.lead, leadSteps.length - 1);
    if (this.channels.options.length !== form.channels.length) {
      this.channels.replaceChildren(
        ...form.channels.map((channel, i) => element("option", { value: i }, words(channel.name))),
      );
      this.channel = 0;
    }
    this.channelLabel.hidden = this.channels.hidden = form.channels.length < 2;
    for (const panel of this.panels) panel.canvas.style.aspectRatio = String(aspectRatio(form));
    this.draw();
  }

  showLead(lead) {
    if (!this.fields) return;
    this.lead = Math.min(this.fields.leadSteps.length - 1, Math.max(0, lead));
    this.draw();
  }

  stepLead(step) {
    this.showLead(this.lead + step);
  }

  nextChannel() {
    if (!this.fields) return;
    this.channel = (this.channel + 1) % this.fields.form.channels.length;
    this.channels.value = String(this.channel);
    this.draw();
  }

  togglePlay() {
    if (this.timer !== null) {
      clearInterval(this.timer);
      this.timer = null;
    } else {
      this.timer = setInterval(() => {
        if (!this.fields) return;
        const last = this.fields.leadSteps.length - 1;
        if (this.lead >= last) this.update();
        this.showLead(this.lead >= last ? 0 : this.lead + 1);
      }, PLAY_EVERY_MS);
    }
    setText(this.play, this.timer === null ? "▶ Play" : "❚❚ Stop");
  }

  toggleHold() {
    this.held = !this.held;
    setAttribute(this.hold, "aria-pressed", String(this.held));
    setText(this.hold, this.held ? "Held" : "Hold");
    this.update();
  }

  close() {
    if (this.timer !== null) clearInterval(this.timer);
  }

  /** One channel at the lead shown: [y, x]. */
  #plane(part) {
    const { form, parts } = this.fields;
    const size = form.height * form.width;
    const at = (this.lead * form.channels.length + this.channel) * size;
    return parts[part]?.subarray(at, at + size);
  }

  /** The range of a channel over all leads; grows with what comes, so that colours stay put. */
  #range(kind, arrays) {
    const key = `${kind} ${this.channel}`;
    let [low, high] = extremes(arrays);
    const before = this.ranges.get(key);
    if (before) [low, high] = [Math.min(low, before[0]), Math.max(high, before[1])];
    this.ranges.set(key, [low, high]);
    return [low, high];
  }

  /** All leads of the channel. */
  #volumes(part) {
    const { form, parts, leadSteps } = this.fields;
    const size = form.height * form.width;
    return leadSteps.map((_, lead) => {
      const at = (lead * form.channels.length + this.channel) * size;
      return parts[part].subarray(at, at + size);
    });
  }

  draw() {
    if (!this.fields) return;
    const { form, leadSteps, truthKnown } = this.fields;
    const quantity = form.channels[this.channel];
    const known = truthKnown[this.lead];
    const truth = this.#plane("truth");
    const mean = this.#plane("mean");
    const spread = this.#plane("spread");
    const error = new Float32Array(mean.length);
    for (let i = 0; i < mean.length; i++) error[i] = mean[i] - truth[i];
    const [low, high] = this.#range("value", [...this.#volumes("truth"), ...this.#volumes("mean")]);
    const errors = known ? this.#range("error", [error]) : (this.ranges.get(`error ${this.channel}`) ?? [0, 0]);
    const reach = Math.max(Math.abs(errors[0]), Math.abs(errors[1])) || 1;
    const up = rowsRunUp(form);
    const colours = MAPS[this.map];
    const paint = (panel, values, map, from, to) =>
      drawField(panel.canvas, values, form.height, form.width, up, map, from, to);
    paint(this.truth, truth, colours, low, high);
    paint(this.forecast, mean, colours, low, high);
    paint(this.error, error, ERROR_MAP, -reach, reach);
    const notYet = known ? null : "not come yet";
    this.truth.veiled(notYet);
    this.error.veiled(notYet);
    this.spread.node.hidden = this.spreadScale.node.hidden = !spread;
    this.pictures.classList.toggle("three", !spread);
    this.scales.classList.toggle("three", !spread);
    this.valueScale.show(colours, low, high, quantity.unit);
    this.errorScale.show(ERROR_MAP, -reach, reach, quantity.unit);
    if (spread) {
      const [, widest] = this.#range("spread", this.#volumes("spread"));
      paint(this.spread, spread, colours, 0, widest || 1);
      this.spreadScale.show(colours, 0, widest || 1, quantity.unit);
    }
    this.#describe(quantity, known, truth, mean, error, spread);
    const ahead = span(leadSteps[this.lead] * this.fields.intervalMs);
    this.slider.value = String(this.lead);
    setAttribute(this.slider, "aria-valuetext", `${ahead} ahead, step ${leadSteps[this.lead]}`);
    setText(this.leadText, `+ ${ahead}  (step ${leadSteps[this.lead]} of ${leadSteps.at(-1)})`);
    setText(
      this.issued,
      `issued at frame ${this.fields.issueSequence}, ${eventTime(this.fields.issueTimeMs)}, by expert v${this.fields.version}` +
        (this.fields.members > 1 ? `, ${this.fields.members} members` : ""),
    );
    this.drawPoint();
  }

  #describe(quantity, known, truth, mean, error, spread) {
    const name = words(quantity.name);
    const range = (values) => extremes([values]).map((value) => withUnit(value, quantity.unit)).join(" to ");
    let squares = 0;
    for (const value of error) squares += value * value;
    this.rms = known ? Math.sqrt(squares / error.length) : NaN;
    const say = (panel, text) => setAttribute(panel.canvas, "aria-label", text);
    say(this.truth, known ? `Truth: ${name} from ${range(truth)}` : `Truth: ${name} has not come yet`);
    say(this.forecast, `Forecast: ${name} from ${range(mean)}`);
    say(this.error, known ? `Error: ${name}, root mean square ${withUnit(this.rms, quantity.unit)}` : "Error: not known yet");
    if (spread) say(this.spread, `Spread: ${name} from ${range(spread)}`);
  }

  #pointAt(canvas, event) {
    if (!this.fields) return;
    const { form } = this.fields;
    const box = canvas.getBoundingClientRect();
    const column = Math.floor(((event.clientX - box.left) / box.width) * form.width);
    const row = Math.floor(((event.clientY - box.top) / box.height) * form.height);
    if (column < 0 || row < 0 || column >= form.width || row >= form.height) return;
    this.point = { column, row };
    this.drawPoint();
  }

  /** Shows the values of all panels at the point, or of the whole field where there is none. */
  drawPoint() {
    const { form } = this.fields;
    const quantity = form.channels[this.channel];
    const known = this.fields.truthKnown[this.lead];
    for (const panel of this.panels) panel.cross.hidden = this.point === null;
    if (this.point === null) {
      setText(this.truth.value, "");
      setText(this.forecast.value, "");
      setText(this.error.value, known ? `rms ${withUnit(this.rms, quantity.unit)}` : "");
      setText(this.spread.value, "");
      return;
    }
    const { column, row } = this.point;
    const y = rowsRunUp(form) ? form.height - 1 - row : row;
    const at = y * form.width + column;
    const mean = this.#plane("mean")[at];
    const truth = this.#plane("truth")[at];
    const spread = this.#plane("spread");
    setText(this.truth.value, known ? withUnit(truth, quantity.unit, 4) : "");
    setText(this.forecast.value, withUnit(mean, quantity.unit, 4));
    setText(this.error.value, known ? withUnit(mean - truth, quantity.unit, 3) : "");
    setText(this.spread.value, spread ? withUnit(spread[at], quantity.unit, 3) : "");
    for (const panel of this.panels) {
      panel.cross.style.left = `${(100 * (column + 0.5)) / form.width}%`;
      panel.cross.style.top = `${(100 * (row + 0.5)) / form.height}%`;
    }
  }
}
