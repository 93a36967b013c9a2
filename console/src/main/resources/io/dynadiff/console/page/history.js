// What was decided and why, what the conditions are, and where the expert comes from.

import { Chart, legend } from "./chart.js";
import { DECISION, clock, element, integer, number, setText, span, withUnit, words } from "./format.js";

const SHOWN = 60;

/** Decisions, newest first. */
export class Timeline {
  constructor() {
    this.list = element("ol", { class: "timeline", tabindex: "0", "aria-label": "Decisions, newest first" });
    this.note = element("p", { class: "note" });
    this.node = element(
      "section",
      { class: "panel", "aria-labelledby": "timeline-title" },
      element("div", { class: "head" }, element("h3", { id: "timeline-title" }, "Decisions"), this.note),
      this.list,
    );
    this.key = "";
  }

  show(decisions) {
    const newest = decisions.at(-1);
    const key = `${decisions.length} ${newest?.decidedAtMs} ${newest?.decision}`;
    if (key === this.key) return;
    this.key = key;
    setText(this.note, decisions.length === 0 ? "none yet" : "shifts, generations, swaps and roll-backs");
    this.list.replaceChildren(...decisions.slice(-SHOWN).reverse().map(entry));
  }
}

function entry(decision) {
  const kind = DECISION[decision.decision] ?? { sign: "·", word: decision.decision, kind: "quiet" };
  const numbers = Object.entries(decision.numbers);
  return element(
    "li",
    { "data-kind": kind.kind },
    element("span", { class: "sign", "aria-hidden": "true" }, kind.sign),
    element(
      "div",
      {},
      element(
        "p",
        { class: "what" },
        element("strong", {}, kind.word),
        decision.version === null ? "" : ` v${decision.version}`,
        element("span", { class: "when" }, `frame ${integer(decision.sequence)} · `, element("time", { datetime: new Date(decision.decidedAtMs).toISOString() }, clock(decision.decidedAtMs))),
      ),
      element("p", { class: "why" }, decision.reason),
      numbers.length === 0
        ? null
        : element(
            "details",
            {},
            element("summary", {}, `${numbers.length} numbers`),
            element(
              "dl",
              { class: "numbers" },
              ...numbers.map(([name, value]) =>
                element("div", {}, element("dt", {}, words(name)), element("dd", {}, number(value, 4))),
              ),
            ),
          ),
    ),
  );
}

const KNOWN = { name: "known", colour: "--ink", steps: true };
const INFERRED = { name: "inferred", colour: "--forecast", dash: [5, 4], mark: "diamond", steps: true };

/** The conditions that the generator read off the window, beside those the source tells. */
export class Conditions {
  constructor() {
    this.body = element("tbody");
    this.message = element("p", { class: "empty small" });
    this.table = element(
      "table",
      {},
      element("caption", { class: "hidden" }, "Conditions inferred from the window and as the source tells them"),
      element(
        "thead",
        {},
        element("tr", {}, ...["condition", "inferred", "known", "difference"].map((name) => element("th", { scope: "col" }, name))),
      ),
      this.body,
    );
    this.charts = element("div", { class: "smallcharts" });
    this.node = element(
      "section",
      { class: "panel", "aria-labelledby": "conditions-title" },
      element(
        "div",
        { class: "head" },
        element("h3", { id: "conditions-title" }, "Conditions"),
        element("p", { class: "note" }, "never used to forecast where known"),
        element("div", { class: "options legend" }, ...legend([KNOWN, INFERRED])),
      ),
      this.message,
      this.table,
      this.charts,
    );
    this.plots = new Map();
  }

  show(detail) {
    const known = detail.known.at(-1)?.conditions ?? [];
    const expert = detail.experts.find((one) => one.version === detail.row.version);
    const inferred = expert?.inferred ?? [];
    const names = [...new Set([...inferred, ...known].map((condition) => condition.name))];
    this.table.hidden = names.length === 0;
    this.message.hidden = names.length > 0;
    setText(this.message, "The source tells none, and no expert has been generated yet.");
    while (this.body.children.length > names.length) this.body.lastChild.remove();
    while (this.body.children.length < names.length) {
      this.body.append(
        element("tr", {}, element("th", { scope: "row" }), element("td"), element("td"), element("td")),
      );
    }
    names.forEach((name, i) => {
      const read = inferred.find((condition) => condition.name === name);
      const told = known.find((condition) => condition.name === name);
      const cells = this.body.children[i].children;
      setText(cells[0], words(name));
      setText(cells[1], read ? withUnit(read.value, read.unit, 4) : "–");
      setText(cells[2], told ? withUnit(told.value, told.unit, 4) : "–");
      setText(cells[3], read && told ? signed(read.value - told.value, told.unit) : "–");
      this.#plot(name, detail, read ?? told);
    });
  }

  #plot(name, detail, sample) {
    const end = detail.row.sequence;
    const told = detail.known
      .map(({ sequence, conditions }) => [sequence, conditions.find((one) => one.name === name)?.value ?? NaN]);
    const read = detail.decisions
      .filter((decision) => decision.decision === "ACCEPTED" && decision.runId === detail.runId)
      .map((decision) => [
        decision.sequence,
        detail.experts
          .find((expert) => expert.version === decision.version)
          ?.inferred.find((one) => one.name === name)?.value ?? NaN,
      ]);
    if (told.length + read.length < 2) return;
    let plot = this.plots.get(name);
    if (!plot) {
      const canvas = element("canvas", { class: "chart short", role: "img" });
      this.charts.append(canvas);
      plot = new Chart(canvas, null);
      this.plots.set(name, plot);
    }
    const extended = (points) => (points.length === 0 ? points : [...points, [end, points.at(-1)[1]]]);
    plot.show(
      {
        series: [
          { ...KNOWN, points: extended(told) },
          { ...INFERRED, mark: null, points: extended(read) },
        ],
        xLabel: "frame",
        yLabel: words(name) + (sample.unit === "1" ? "" : ` [${sample.unit}]`),
        formatX: (sequence) => String(sequence),
      },
      `${words(name)} along the frames: known ${number(told.at(-1)?.[1], 4)}, inferred ${number(read.at(-1)?.[1], 4)}`,
    );
  }
}

function signed(value, unitText) {
  return (value > 0 ? "+" : "") + withUnit(value, unitText, 2);
}

/** Where the expert in use comes from, and those before it. */
export class Lineage {
  constructor() {
    this.facts = element("dl", { class: "lineage" });
    this.candidates = element("div", { class: "candidates" });
    this.rows = element("tbody");
    this.note = element("p", { class: "note" });
    this.versions = element(
      "div",
      { class: "scroll", tabindex: "0", role: "region", "aria-label": "Versions of the expert" },
      element(
        "table",
        {},
        element("caption", { class: "hidden" }, "Versions of the expert, newest first"),
        element(
          "thead",
          {},
          element("tr", {}, ...["version", "because of", "window", "score", "outcome"].map((name) => element("th", { scope: "col" }, name))),
        ),
        this.rows,
      ),
    );
    this.node = element(
      "section",
      { class: "panel", "aria-labelledby": "lineage-title" },
      element("div", { class: "head" }, element("h3", { id: "lineage-title" }, "Expert"), this.note),
      this.facts,
      this.candidates,
      this.versions,
    );
    this.key = "";
  }

  show(detail) {
    const key = `${detail.nextExpert} ${detail.row.version} ${detail.nextDecision}`;
    if (key === this.key) return;
    this.key = key;
    const expert = detail.experts.find((one) => one.version === detail.row.version);
    setText(this.note, `v${detail.row.version} in use`);
    this.versions.hidden = detail.experts.length === 0;
    if (!expert) {
      this.facts.replaceChildren(
        fact("origin", detail.row.version === 0 ? "the bundle's base expert, trained on all seen environments" : "its record is older than what was read"),
      );
      this.candidates.replaceChildren();
    } else {
      this.#describe(expert);
    }
    this.rows.replaceChildren(...[...detail.experts].reverse().map((one) => version(one, detail)));
  }

  #describe(expert) {
    const timings = Object.entries(expert.timingsMs);
    const total = timings.reduce((sum, [, ms]) => sum + ms, 0);
    this.facts.replaceChildren(
      fact("weights", element("code", { title: expert.weightsId }, expert.weightsId.slice(0, 12)), ` · ${integer(expert.parameters)} parameters`, expert.members > 1 ? ` · ${expert.members} members` : ""),
      fact("bundle", element("code", {}, expert.bundleId)),
      fact("because of", words(expert.reason.toLowerCase()), ", ", `frames ${integer(expert.firstSequence)} to ${integer(expert.lastSequence)}`),
      fact("sampler", `${expert.sampler}, ${expert.samplerSteps} steps, temperature ${number(expert.temperature, 2)}, seed `, element("code", {}, expert.seed)),
      fact("generated", clock(expert.generatedAtMs), timings.length === 0 ? "" : ` in ${span(Math.round(total))} (${timings.map(([name, ms]) => `${name} ${span(Math.round(ms))}`).join(", ")})`),
    );
    const scores = expert.candidateScores;
    const best = Math.min(...scores);
    const worst = Math.max(...scores);
    this.candidates.replaceChildren(
      element("p", {}, `${scores.length} candidates on the window, best ${number(expert.windowScore)}, worst ${number(worst)}`),
      candidateStrip(scores, best, worst),
    );
  }
}

function candidateStrip(scores, best, worst) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", "0 0 300 16");
  svg.setAttribute("aria-hidden", "true");
  svg.setAttribute("class", "strip");
  scores.forEach((score, i) => {
    const dot = document.createElementNS(svg.namespaceURI, "circle");
    dot.setAttribute("cx", String(8 + (worst > best ? (score - best) / (worst - best) : 0) * 284));
    dot.setAttribute("cy", "8");
    dot.setAttribute("r", i === 0 ? "6" : "4");
    dot.setAttribute("class", i === 0 ? "best" : "other");
    svg.append(dot);
  });
  return svg;
}

function fact(name, ...content) {
  return element("div", {}, element("dt", {}, name), element("dd", {}, ...content));
}

function version(expert, detail) {
  const verdicts = detail.decisions.filter(
    (decision) =>
      decision.version === expert.version &&
      ["ACCEPTED", "KEPT_INCUMBENT", "REFUSED", "ROLLED_BACK"].includes(decision.decision),
  );
  const verdict = verdicts.at(-1);
  const inUse = expert.version === detail.row.version;
  const outcome = inUse ? "in use" : verdict ? DECISION[verdict.decision].word.toLowerCase() : "not decided";
  return element(
    "tr",
    inUse ? { "aria-current": "true" } : {},
    element("th", { scope: "row" }, `v${expert.version}`),
    element("td", {}, words(expert.reason.toLowerCase())),
    element("td", {}, `${integer(expert.firstSequence)}–${integer(expert.lastSequence)}`),
    element("td", {}, number(expert.windowScore)),
    element("td", {}, (inUse ? "✓ " : verdict ? DECISION[verdict.decision].sign + " " : "") + outcome),
  );
}
