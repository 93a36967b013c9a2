// The list of environments: one row each, updated in place.

import { STATUS, element, integer, number, setAttribute, setText, share, shareText } from "./format.js";

const SPARK_POINTS = 60;
const SPARK_EVERY_MS = 400;
const ORDER_EVERY_MS = 2000;
const SILENT_MS = 15_000;

/** How far an environment is from needing nobody: larger is shown first. */
function attention(row, now) {
  const worse = (share(row) ?? 0) > 1;
  const silent = row.lastFrameAtMs > 0 && now - row.lastFrameAtMs > SILENT_MS;
  return STATUS[row.status].attention + (worse ? 3 : 0) + (silent ? 2 : 0);
}

const ORDERS = {
  attention: (a, b, now) => attention(b, now) - attention(a, now) || compareIds(a, b),
  name: compareIds,
  error: (a, b) => size(b) - size(a) || compareIds(a, b),
};

/** The error, where diverged forecasts come before all and environments without a score last. */
function size(row) {
  return row.error ?? (share(row) === null ? -1 : Number.MAX_VALUE);
}

function compareIds(a, b) {
  return a.id < b.id ? -1 : a.id > b.id ? 1 : 0;
}

export function link(id) {
  return "#/environment/" + encodeURIComponent(id);
}

class Row {
  constructor(id, errors) {
    this.errors = [...errors];
    this.lastSequence = -1;
    this.drawnAt = 0;
    this.visible = false;
    this.badge = element("span", { class: "badge" });
    this.error = element("span", { class: "figure" });
    this.share = element("span", { class: "muted" });
    this.version = element("span", { class: "muted" });
    this.spark = element("canvas", { class: "spark", width: 120, height: 28, "aria-hidden": "true" });
    const slash = id.lastIndexOf("/");
    this.link = element(
      "a",
      { href: link(id) },
      element(
        "span",
        { class: "name" },
        slash < 0 ? "" : element("span", { class: "system" }, id.slice(0, slash + 1)),
        element("span", { class: "leaf" }, id.slice(slash + 1)),
      ),
      this.badge,
      this.spark,
      element("span", { class: "figures" }, this.error, " ", this.share),
      this.version,
    );
    this.item = element("li", {}, this.link);
    this.item.row = this;
  }

  remember(row) {
    if (row.sequence < this.lastSequence) this.errors = [];
    if (row.error !== null && this.lastSequence >= 0 && row.sequence > this.lastSequence) {
      this.errors.push(row.error);
      if (this.errors.length > SPARK_POINTS) this.errors.shift();
    }
    this.lastSequence = row.sequence;
  }

  draw(row, now, style) {
    const status = STATUS[row.status];
    const silent = row.lastFrameAtMs > 0 && now - row.lastFrameAtMs > SILENT_MS;
    setAttribute(this.badge, "data-status", silent ? "SILENT" : row.status);
    setText(this.badge, silent ? "… silent" : `${status.sign} ${status.word}`);
    setText(this.error, number(row.error));
    setText(this.share, shareText(row));
    setAttribute(this.share, "data-worse", (share(row) ?? 0) > 1 ? "yes" : "no");
    setText(this.version, `v${row.version}`);
    if (now - this.drawnAt > SPARK_EVERY_MS) {
      this.drawnAt = now;
      this.drawSpark(style);
    }
  }

  drawSpark(style) {
    const context = this.spark.getContext("2d");
    const { width, height } = this.spark;
    context.clearRect(0, 0, width, height);
    if (this.errors.length < 2) return;
    const logs = this.errors.map((error) => Math.log(Math.max(error, 1e-6)));
    const low = Math.min(...logs);
    const range = Math.max(Math.max(...logs) - low, 0.7);
    context.strokeStyle = style;
    context.lineWidth = 2;
    context.beginPath();
    logs.forEach((value, i) => {
      const x = width - 2 - (logs.length - 1 - i) * ((width - 4) / (SPARK_POINTS - 1));
      const y = height - 3 - ((value - low) / range) * (height - 6);
      if (i === 0) context.moveTo(x, y);
      else context.lineTo(x, y);
    });
    context.stroke();
  }
}

export class EnvironmentList {
  #rows = new Map();
  #orderedAt = 0;
  #observer;

  constructor(store) {
    this.store = store;
    this.list = document.getElementById("environments");
    this.search = document.getElementById("search");
    this.order = document.getElementById("order");
    this.count = document.getElementById("count");
    this.selected = null;
    this.search.addEventListener("input", () => this.arrange());
    this.order.addEventListener("change", () => this.arrange());
    // A thousand rows cost nothing while they are out of sight.
    this.#observer = new IntersectionObserver((entries) => {
      for (const entry of entries) {
        entry.target.row.visible = entry.isIntersecting;
        if (entry.isIntersecting) this.drawRow(entry.target.row);
      }
    });
    store.listen((changed) => this.update(changed));
  }

  update(changed) {
    const now = Date.now();
    let added = false;
    for (const id of changed) {
      const row = this.store.environments.get(id);
      let shown = this.#rows.get(id);
      if (!shown) {
        shown = new Row(id, this.store.recentErrors[id] ?? []);
        shown.id = id;
        this.#rows.set(id, shown);
        this.#observer.observe(shown.item);
        added = true;
      }
      shown.remember(row);
      if (shown.visible) shown.draw(row, now, this.lineColour());
    }
    if (added || now - this.#orderedAt > ORDER_EVERY_MS) this.arrange();
  }

  drawRow(shown) {
    const row = this.store.environments.get(shown.id);
    if (row) shown.draw(row, Date.now(), this.lineColour());
  }

  lineColour() {
    const now = performance.now();
    if (!this.colourReadAt || now - this.colourReadAt > 1000) {
      this.colourReadAt = now;
      this.colour = getComputedStyle(document.body).getPropertyValue("--forecast").trim();
    }
    return this.colour;
  }

  /** Ids as they are shown now, in order. */
  shownIds() {
    const sought = this.search.value.trim().toLowerCase();
    const compare = ORDERS[this.order.value];
    const now = Date.now();
    return [...this.store.environments.values()]
      .filter((row) => row.id.toLowerCase().includes(sought))
      .sort((a, b) => compare(a, b, now))
      .map((row) => row.id);
  }

  arrange() {
    this.#orderedAt = Date.now();
    const ids = this.shownIds();
    // A list that rearranges itself under the finger or the focus is of no use.
    const busy = this.list.matches(":hover, :focus-within") && this.list.children.length === ids.length;
    const known = this.store.environments.size;
    setText(
      this.count,
      known === 0
        ? ""
        : ids.length === known
          ? `${integer(known)} environments`
          : `${integer(ids.length)} of ${integer(known)} environments`,
    );
    if (busy && this.search !== document.activeElement) return;
    ids.forEach((id, place) => {
      const item = this.#rows.get(id)?.item;
      if (item && this.list.children[place] !== item) {
        this.list.insertBefore(item, this.list.children[place] ?? null);
      }
    });
    while (this.list.children.length > ids.length) this.list.lastChild.remove();
  }

  select(id) {
    if (this.selected !== null) this.#rows.get(this.selected)?.link.removeAttribute("aria-current");
    this.selected = id;
    this.#rows.get(id)?.link.setAttribute("aria-current", "page");
  }

  /** Marks the selected one anew where its row has come later. */
  keepSelection() {
    if (this.selected !== null) this.select(this.selected);
  }

  /** The environment so many places after the selected one. */
  neighbour(step) {
    const ids = [...this.list.children].map((item) => item.row.id);
    if (ids.length === 0) return null;
    const at = ids.indexOf(this.selected);
    return ids[at < 0 ? 0 : Math.min(ids.length - 1, Math.max(0, at + step))];
  }
}
