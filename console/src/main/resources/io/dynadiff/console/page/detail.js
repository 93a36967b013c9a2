// One environment: fields, errors, decisions, conditions, expert.

import { Chart, legend } from "./chart.js";
import { FieldsView } from "./fields.js";
import { DECISION, STATUS, element, eventTime, integer, number, setAttribute, setText, shareText, span } from "./format.js";
import { Conditions, Lineage, Timeline } from "./history.js";

const CHARTS_EVERY_MS = 100;

const FORECAST = { name: "forecast", colour: "--forecast", mark: "circle" };
const PERSISTENCE = { name: "persistence", colour: "--persistence", dash: [6, 4], mark: "square" };
const SPREAD = { name: "spread", colour: "--retired", dash: [2, 3], mark: "diamond" };
const RETIRED = { name: "replaced expert", colour: "--retired", dash: [2, 3] };

function chartPanel(title, note, series, extra) {
  const canvas = element("canvas", { class: "chart", role: "img", "aria-label": title });
  const readout = element("p", { class: "readout", "aria-hidden": "true" });
  const id = "chart-" + title.toLowerCase().replace(/\W+/g, "-");
  const node = element(
    "section",
    { class: "panel", "aria-labelledby": id },
    element(
      "div",
      { class: "head" },
      element("h3", { id }, title),
      element("p", { class: "note" }, note),
      element("div", { class: "options legend" }, ...legend(series), extra ?? null),
    ),
    canvas,
    readout,
  );
  return { node, chart: new Chart(canvas, readout) };
}

export class DetailView {
  constructor(store, id) {
    this.store = store;
    this.id = id;
    this.drawnAt = 0;
    this.fields = new FieldsView(store, id);
    this.byLead = chartPanel(
      "Error against lead time",
      "mean of the latest 50 scored frames",
      [FORECAST, PERSISTENCE, SPREAD],
    );
    this.log = element("input", { type: "checkbox", id: "log", checked: true });
    this.log.addEventListener("change", () => this.drawCharts());
    this.byTime = chartPanel(
      "Error against time",
      "one interval ahead",
      [{ ...FORECAST, mark: null }, { ...PERSISTENCE, mark: null }, RETIRED],
      element("label", { class: "check" }, this.log, " logarithmic"),
    );
    this.timeline = new Timeline();
    this.conditions = new Conditions();
    this.lineage = new Lineage();
    this.badge = element("span", { class: "badge big" });
    this.facts = element("dl", { class: "facts" });
    const slash = id.lastIndexOf("/");
    this.empty = element("p", { class: "empty" }, "Nothing has been read of this environment yet …");
    this.body = element(
      "div",
      { class: "panels", hidden: true },
      this.fields.node,
      this.byTime.node,
      this.byLead.node,
      this.timeline.node,
      element("div", { class: "stack" }, this.conditions.node, this.lineage.node),
    );
    this.node = element(
      "article",
      { class: "detail", "aria-labelledby": "environment-title" },
      element("a", { class: "back", href: "#/" }, "← All environments"),
      element(
        "header",
        { class: "title" },
        element(
          "h2",
          { id: "environment-title" },
          slash < 0 ? "" : element("span", { class: "system" }, id.slice(0, slash + 1)),
          id.slice(slash + 1),
        ),
        this.badge,
        this.facts,
      ),
      this.empty,
      this.body,
    );
  }

  update() {
    const detail = this.store.detail;
    if (!detail) return;
    this.empty.hidden = true;
    this.body.hidden = false;
    const row = detail.row;
    const status = STATUS[row.status];
    setAttribute(this.badge, "data-status", row.status);
    setText(this.badge, `${status.sign} ${status.word}`);
    this.#showFacts(row, detail);
    this.fields.update();
    const now = performance.now();
    if (now - this.drawnAt < CHARTS_EVERY_MS) {
      this.later ??= setTimeout(() => {
        this.later = null;
        this.update();
      }, CHARTS_EVERY_MS);
      return;
    }
    this.drawnAt = now;
    this.drawCharts();
    this.timeline.show(detail.decisions, detail.form?.intervalMs);
    this.conditions.show(detail);
    this.lineage.show(detail);
  }

  #showFacts(row, detail) {
    const entries = [
      ["frame", integer(row.sequence)],
      ["event time", eventTime(row.eventTimeMs)],
      ["interval", detail.form ? span(detail.form.intervalMs) : "–"],
      ["rate", `${number(row.framesPerSecond, 2)} /s`],
      ["expert", `v${row.version}`],
      ["error", `${number(row.error)}  (${shareText(row)})`],
      ["waiting", integer(row.waiting)],
      ["rejected", integer(row.rejected)],
    ];
    if (this.facts.children.length !== entries.length) {
      this.facts.replaceChildren(
        ...entries.map(([name]) => element("div", {}, element("dt", {}, name), element("dd"))),
      );
    }
    entries.forEach(([, value], i) => setText(this.facts.children[i].lastChild, value));
  }

  drawCharts() {
    const detail = this.store.detail;
    if (!detail) return;
    const interval = detail.form?.intervalMs ?? 1;
    const leads = detail.leads;
    const points = (name) => leads.map((lead) => [lead.leadSteps, lead[name] ?? NaN]);
    const hasSpread = leads.some((lead) => lead.spread !== null);
    const keys = this.byLead.node.querySelectorAll(".key");
    if (keys[2].hidden === hasSpread) keys[2].hidden = !hasSpread;
    const last = leads.at(-1);
    this.byLead.chart.show(
      {
        series: [
          { ...FORECAST, points: points("error") },
          { ...PERSISTENCE, points: points("persistence") },
          ...(hasSpread ? [{ ...SPREAD, points: points("spread") }] : []),
        ],
        xLabel: "lead time",
        yLabel: "normalised RMSE",
        fromZero: true,
        log: this.log.checked,
        formatX: (steps) => span(steps * interval),
        empty: "No forecast has been scored yet",
      },
      leads.length === 0
        ? "Error against lead time: nothing scored yet"
        : `Error against lead time: from ${number(leads[0].error)} at ${span(leads[0].leadSteps * interval)} to ${number(last.error)} at ${span(last.leadSteps * interval)}; persistence from ${number(leads[0].persistence)} to ${number(last.persistence)}`,
    );
    this.#drawTime(detail, interval);
  }

  #drawTime(detail, interval) {
    const scores = detail.scores;
    const series = (name) => scores.map((score) => [score.sequence, score[name] ?? NaN]);
    const first = scores[0];
    const newest = scores.at(-1);
    const events = detail.decisions
      .filter((decision) => decision.runId === detail.runId)
      .filter((decision) => ["SHIFT_DETECTED", "ACCEPTED", "ROLLED_BACK"].includes(decision.decision))
      .map((decision) => ({
        x: decision.sequence,
        sign: DECISION[decision.decision].sign + (decision.version === null ? "" : `v${decision.version}`),
        colour: "--" + DECISION[decision.decision].kind,
      }));
    const dates = newest && Math.abs(newest.eventTimeMs) > 365 * 86400e3;
    const timeAt = (sequence) => newest.eventTimeMs + (sequence - newest.sequence) * interval;
    this.byTime.chart.show(
      {
        series: [
          { ...FORECAST, mark: null, points: series("error") },
          { ...PERSISTENCE, mark: null, points: series("persistence"), width: 1.5 },
          { ...RETIRED, points: series("retired") },
        ],
        events,
        rangeX: first ? [first.sequence, Math.max(newest.sequence, first.sequence + 30)] : null,
        xLabel: dates ? "frame" : "event time",
        yLabel: "normalised RMSE",
        log: this.log.checked,
        fromZero: true,
        formatX: (sequence, long) =>
          !newest
            ? ""
            : dates
              ? long
                ? `frame ${sequence}, ${eventTime(timeAt(sequence))}`
                : String(sequence)
              : `${Math.round(timeAt(sequence) / 100) / 10} s` + (long ? ` (frame ${sequence})` : ""),
        empty: "No forecast has been scored yet",
      },
      newest
        ? `Error against time, ${scores.length} frames: latest ${number(newest.error)}, persistence ${number(newest.persistence)}`
        : "Error against time: nothing scored yet",
    );
  }

  close() {
    clearTimeout(this.later);
    this.fields.close();
  }
}
