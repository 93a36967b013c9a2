// How the flow and the reading of it go.

import { bytes, element, integer, number, setText, share, span } from "./format.js";

export class HealthView {
  constructor(store) {
    this.store = store;
    this.state = element("p", { class: "state", role: "status" });
    this.facts = element("dl", { class: "facts tall" });
    this.topics = element("tbody");
    this.rejected = element("tbody");
    this.noneRejected = element("p", { class: "empty small" }, "No frame has been rejected.");
    this.node = element(
      "article",
      { class: "detail", "aria-labelledby": "health-title" },
      element("a", { class: "back", href: "#/" }, "← All environments"),
      element("header", { class: "title" }, element("h2", { id: "health-title" }, "Health"), this.state),
      element(
        "div",
        { class: "panels" },
        element("section", { class: "panel wide", "aria-labelledby": "flow-title" }, element("div", { class: "head" }, element("h3", { id: "flow-title" }, "Flow")), this.facts),
        element(
          "section",
          { class: "panel", "aria-labelledby": "topics-title" },
          element("div", { class: "head" }, element("h3", { id: "topics-title" }, "Topics"), element("p", { class: "note" }, "as this console reads them")),
          table(["topic", "per second", "read", "lag", "unreadable"], this.topics, "Topics as this console reads them"),
        ),
        element(
          "section",
          { class: "panel", "aria-labelledby": "rejected-title" },
          element("div", { class: "head" }, element("h3", { id: "rejected-title" }, "Rejected frames")),
          this.noneRejected,
          (this.rejectedTable = table(["reason", "frames"], this.rejected, "Rejected frames by reason")),
        ),
      ),
    );
  }

  update() {
    const health = this.store.health;
    if (!health) return;
    const { feed, totals } = health;
    setText(this.state, this.stateText(feed));
    const rows = [...this.store.environments.values()];
    fill(this.facts, [
      ["environments", integer(totals.environments)],
      ["frames per second", number(rows.reduce((sum, row) => sum + row.framesPerSecond, 0), 3)],
      ["frames waiting for a forecast", integer(rows.reduce((sum, row) => sum + row.waiting, 0))],
      ["frame to forecast, median", totals.forecastDelayP50Ms === null ? "–" : span(totals.forecastDelayP50Ms)],
      ["frame to forecast, 95 %", totals.forecastDelayP95Ms === null ? "–" : span(totals.forecastDelayP95Ms)],
      ["worse than persistence", integer(rows.filter((row) => (share(row) ?? 0) > 1).length)],
      ["on their base expert", integer(rows.filter((row) => row.version === 0).length)],
      ["swaps seen", integer(rows.reduce((sum, row) => sum + row.swaps, 0))],
      ["memory for fields", `${bytes(totals.fieldBytes)} of ${bytes(totals.fieldBytesLimit)}`],
      ["records not shown", integer(totals.recordsBeyondLimit)],
    ]);
    rowsOf(this.topics, feed.topics.map((topic) => [
      topic.topic,
      number(topic.perSecond, 3),
      integer(topic.records),
      topic.lag < 0 ? "–" : integer(topic.lag),
      integer(topic.unreadable),
    ]));
    const rejected = Object.entries(totals.rejectedByReason);
    this.noneRejected.hidden = rejected.length > 0;
    this.rejectedTable.hidden = rejected.length === 0;
    rowsOf(this.rejected, rejected.map(([reason, count]) => [reason.toLowerCase().replace(/_/g, " "), integer(count)]));
  }

  stateText(feed) {
    if (this.store.connection !== "open") return "✕ This page has lost its server; it tries again by itself.";
    if (!feed.connected) return "✕ " + feed.trouble;
    if (!feed.caughtUp) return `◔ Reading what stands in the topics at ${feed.brokers} …`;
    return `✓ Reading live from ${feed.brokers}`;
  }

  close() {}
}

function table(names, body, caption) {
  return element(
    "div",
    { class: "scroll", tabindex: "0", role: "region", "aria-label": caption },
    element(
      "table",
      {},
      element("caption", { class: "hidden" }, caption),
      element("thead", {}, element("tr", {}, ...names.map((name) => element("th", { scope: "col" }, name)))),
      body,
    ),
  );
}

/** Fills a table's body in place. */
function rowsOf(body, rows) {
  while (body.children.length > rows.length) body.lastChild.remove();
  rows.forEach((cells, i) => {
    let row = body.children[i];
    if (!row) {
      row = element("tr", {}, ...cells.map((_, c) => (c === 0 ? element("th", { scope: "row" }) : element("td"))));
      body.append(row);
    }
    cells.forEach((text, c) => setText(row.children[c], text));
  });
}

/** Fills a list of names and values in place. */
export function fill(list, entries) {
  if (list.children.length !== entries.length) {
    list.replaceChildren(...entries.map(([name]) => element("div", {}, element("dt", {}, name), element("dd"))));
  }
  entries.forEach(([, value], i) => setText(list.children[i].lastChild, value));
}
