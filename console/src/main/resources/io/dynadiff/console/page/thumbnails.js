// Small pictures of the newest frames, on one scale for each system.

import { MAPS, chosenMap } from "./colours.js";
import { element } from "./format.js";
import { fetchFrame } from "./live.js";
import { drawField, rowsRunUp } from "./picture.js";

const EVERY_MS = 1500;
const AT_A_TIME = 3;

export class Thumbnails {
  #shown = [];
  #ranges = new Map();
  #next = 0;
  #fetching = false;

  /** A canvas that is kept up to date while it is in the page. */
  canvas(id, system) {
    const canvas = element("canvas", { class: "thumbnail", "aria-hidden": "true", width: 16, height: 16 });
    this.#shown.push({ id, system, canvas });
    return canvas;
  }

  update() {
    const now = performance.now();
    if (this.#fetching || now < this.#next) return;
    this.#next = now + EVERY_MS;
    this.#fetchAll();
  }

  /** A few at a time: pictures this small must not get in the way of what matters. */
  async #fetchAll() {
    this.#fetching = true;
    try {
      const waiting = this.#shown.filter(({ canvas }) => canvas.isConnected);
      const fetchNext = async () => {
        for (let next = waiting.shift(); next; next = waiting.shift()) {
          const frame = await fetchFrame(next.id);
          if (frame) this.#draw(frame, next.system, next.canvas);
        }
      };
      await Promise.all(Array.from({ length: AT_A_TIME }, fetchNext));
    } catch {
      // The bar says that the server is lost; the next round tries again.
    } finally {
      this.#fetching = false;
    }
  }

  #draw({ form, parts }, system, canvas) {
    const values = parts.frame.subarray(0, form.height * form.width);
    let [low, high] = this.#ranges.get(system) ?? [Infinity, -Infinity];
    for (const value of values) {
      if (value < low) low = value;
      if (value > high) high = value;
    }
    this.#ranges.set(system, [low, high]);
    drawField(canvas, values, form.height, form.width, rowsRunUp(form), MAPS[chosenMap()], low, high);
  }

  close() {
    this.#shown = [];
  }
}
