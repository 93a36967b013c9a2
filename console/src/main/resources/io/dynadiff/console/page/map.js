// All environments at a glance: a map of those that lie on the globe, and what needs a look.

import { ticks } from "./chart.js";
import { link } from "./environments.js";
import { STATUS, element, integer, number, percent, setAttribute, setText, share, shareText } from "./format.js";
import { fill } from "./health.js";
import { Thumbnails } from "./thumbnails.js";

/** Cards beside the map: more than fit on a screen help nobody, the list has all. */
const CARDS = 24;

/** Degrees as people write them. */
function degrees(value, positive, negative) {
  return `${Math.round(Math.abs(value) * 100) / 100}°${value > 0 ? positive : value < 0 ? negative : ""}`;
}

export class Overview {
  constructor(store, list) {
    this.store = store;
    this.list = list;
    this.places = new Map();
    this.cards = new Map();
    this.thumbnails = new Thumbnails();
    this.totals = element("dl", { class: "facts tall" });
    this.empty = element(
      "div",
      { class: "empty" },
      element("p", {}, "No environment has been read yet. The console shows one as soon as its first frame is admitted."),
      element("p", {}, "To publish a simulated feed whose equation changes on the way:"),
      element("pre", { tabindex: "0" }, "./dynadiff run\n./dynadiff simulate lambda-omega --schedule \"0:beta=1.1,300:beta=1.4\" --speed 1x"),
    );
    this.map = element("div", { class: "map", role: "group", "aria-label": "Map of the environments" });
    this.mapPanel = element(
      "section",
      { class: "panel wide", hidden: true, "aria-labelledby": "map-title" },
      element("div", { class: "head" }, element("h3", { id: "map-title" }, "Map"), element("p", { class: "note" }, "newest frames; error one interval ahead as a share of persistence's")),
      this.map,
    );
    this.gallery = element("div", { class: "gallery" });
    this.galleryNote = element("p", { class: "note" });
    this.galleryPanel = element(
      "section",
      { class: "panel wide", hidden: true, "aria-labelledby": "gallery-title" },
      element("div", { class: "head" }, element("h3", { id: "gallery-title" }, "Fields now"), this.galleryNote),
      this.gallery,
    );
    this.node = element(
      "article",
      { class: "detail overview", "aria-labelledby": "overview-title" },
      element("header", { class: "title" }, element("h2", { id: "overview-title" }, "Overview"), this.totals),
      this.empty,
      element("div", { class: "panels" }, this.mapPanel, this.galleryPanel),
    );
  }

  update() {
    const rows = [...this.store.environments.values()];
    this.empty.hidden = rows.length > 0 || this.store.connection === "waiting";
    this.totals.hidden = rows.length === 0;
    const scored = rows.filter((row) => share(row) !== null);
    const better = scored.filter((row) => share(row) <= 1);
    fill(this.totals, [
      ["environments", integer(rows.length)],
      ["better than persistence", `${integer(better.length)} of ${integer(scored.length)}`],
      ["with an expert of their own", integer(rows.filter((row) => row.version > 0).length)],
      ["in a shift now", integer(rows.filter((row) => row.status === "SHIFTED" || row.status === "GENERATING").length)],
      ["swaps seen", integer(rows.reduce((sum, row) => sum + row.swaps, 0))],
    ]);
    const placed = rows.filter((row) => row.box);
    this.mapPanel.hidden = placed.length === 0;
    if (placed.length > 0) this.#drawMap(placed);
    this.#drawGallery(rows.filter((row) => !row.box));
    this.thumbnails.update();
  }

  /** Cards of environments that lie nowhere on the globe. */
  #drawGallery(rows) {
    this.galleryPanel.hidden = rows.length === 0;
    for (const row of rows) {
      let card = this.cards.get(row.id);
      if (!card) {
        if (this.cards.size >= CARDS) continue;
        card = { badge: element("span", { class: "badge" }), value: element("span", { class: "muted" }) };
        this.cards.set(row.id, card);
        const slash = row.id.lastIndexOf("/");
        this.gallery.append(
          element(
            "a",
            { class: "card", href: link(row.id) },
            this.thumbnails.canvas(row.id, row.system),
            element("span", { class: "name" }, element("span", { class: "system" }, row.id.slice(0, slash + 1)), row.id.slice(slash + 1)),
            element("span", { class: "line" }, card.badge, card.value),
          ),
        );
      }
      setAttribute(card.badge, "data-status", row.status);
      setText(card.badge, `${STATUS[row.status].sign} ${STATUS[row.status].word}`);
      setAttribute(card.value, "data-worse", (share(row) ?? 0) > 1 ? "yes" : "no");
      setText(card.value, shareText(row));
    }
    setText(this.galleryNote, rows.length > this.cards.size ? `the first ${this.cards.size} of ${integer(rows.length)}` : "first channel of the newest frame");
  }

  #drawMap(rows) {
    const key = rows.map((row) => row.id).join("\n");
    if (key !== this.key) {
      this.key = key;
      this.#layOut(rows);
    }
    for (const row of rows) {
      const place = this.places.get(row.id);
      setText(place.value, percent(share(row)));
      setText(place.sign, STATUS[row.status].sign);
      setAttribute(place.node, "data-status", row.status);
      setAttribute(place.node, "data-worse", (share(row) ?? 0) > 1 ? "yes" : "no");
      setAttribute(
        place.node,
        "aria-label",
        `${row.id}: ${STATUS[row.status].word}, error ${number(row.error)}, ${shareText(row)}`,
      );
    }
  }

  /** Equirectangular, true to scale at the middle latitude. */
  #layOut(rows) {
    const boxes = rows.map((row) => row.box);
    let south = Math.min(...boxes.map((box) => box.south));
    let north = Math.max(...boxes.map((box) => box.north));
    let west = Math.min(...boxes.map((box) => box.west));
    let east = Math.max(...boxes.map((box) => box.east));
    const room = Math.max(0.06 * Math.max(north - south, east - west), 0.2);
    south = Math.max(-90, south - room);
    north = Math.min(90, north + room);
    west -= room;
    east += room;
    const shrink = Math.cos((((south + north) / 2) * Math.PI) / 180);
    this.map.style.aspectRatio = String(Math.min(3, Math.max(0.8, ((east - west) * shrink) / (north - south))));
    const x = (longitude) => (100 * (longitude - west)) / (east - west);
    const y = (latitude) => (100 * (north - latitude)) / (north - south);
    const lines = [];
    for (const longitude of ticks(west, east, 6)) {
      const line = element("span", { class: "meridian", "aria-hidden": "true" }, element("span", {}, degrees(longitude, "E", "W")));
      line.style.left = `${x(longitude)}%`;
      lines.push(line);
    }
    for (const latitude of ticks(south, north, 5)) {
      const line = element("span", { class: "parallel", "aria-hidden": "true" }, element("span", {}, degrees(latitude, "N", "S")));
      line.style.top = `${y(latitude)}%`;
      lines.push(line);
    }
    this.places.clear();
    const nodes = rows.map((row) => {
      const sign = element("span", { class: "sign" });
      const value = element("span", { class: "value" });
      const node = element(
        "a",
        { class: "place", href: link(row.id) },
        rows.length <= CARDS ? this.thumbnails.canvas(row.id, row.system) : null,
        element(
          "span",
          { class: "plate" },
          element("span", { class: "leaf" }, row.id.slice(row.id.lastIndexOf("/") + 1)),
          element("span", { class: "reading" }, sign, " ", value),
        ),
      );
      node.style.left = `${x(row.box.west)}%`;
      node.style.width = `${x(row.box.east) - x(row.box.west)}%`;
      node.style.top = `${y(row.box.north)}%`;
      node.style.height = `${y(row.box.south) - y(row.box.north)}%`;
      this.places.set(row.id, { node, sign, value });
      return node;
    });
    this.map.replaceChildren(...lines, ...nodes);
  }

  close() {
    this.thumbnails.close();
  }
}
