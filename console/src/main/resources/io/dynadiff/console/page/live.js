// What the server has said so far, kept current by its events.

const SCORES_KEPT = 240;
const DECISIONS_KEPT = 120;

/** Everything known; listeners are called at most once for each frame that the browser paints. */
export class Store {
  environments = new Map();
  recentErrors = {};
  health = null;
  detail = null;
  connection = "waiting";
  received = 0;
  painted = 0;
  #listeners = [];
  #changed = new Set();
  #source = null;
  #looked = null;
  #scheduled = false;

  listen(listener) {
    this.#listeners.push(listener);
  }

  /** Follows all environments, and one of them closely; null follows none closely. */
  look(id) {
    if (this.#source && this.#looked === id) return;
    this.#looked = id;
    if (this.detail && this.detail.row.id !== id) this.detail = null;
    this.#source?.close();
    const source = new EventSource("api/live" + (id === null ? "" : "?id=" + encodeURIComponent(id)));
    source.onmessage = (event) => this.#take(JSON.parse(event.data));
    source.onopen = () => this.#become("open");
    source.onerror = () => this.#become(source.readyState === EventSource.CLOSED ? "closed" : "lost");
    this.#source = source;
  }

  #become(state) {
    this.connection = state;
    if (state === "closed") {
      // A browser that was refused does not try again by itself.
      setTimeout(() => {
        this.#source = null;
        this.look(this.#looked);
      }, 5000);
    }
    this.#schedule();
  }

  #take(update) {
    this.received++;
    if (update.all) {
      this.environments.clear();
      this.recentErrors = update.recentErrors;
      // What has come while the connection was lost is sent anew.
      this.detail = null;
    }
    for (const row of update.environments ?? []) {
      this.environments.set(row.id, row);
      this.#changed.add(row.id);
    }
    if (update.health) this.health = update.health;
    if (update.detail && update.detail.row.id === this.#looked) this.#merge(update.detail);
    this.#schedule();
  }

  #merge(news) {
    const old = this.detail;
    if (old && old.runId === news.runId) {
      news.scores = old.scores.concat(news.scores).slice(-SCORES_KEPT);
    }
    if (old) {
      news.decisions = old.decisions.concat(news.decisions).slice(-DECISIONS_KEPT);
      news.experts ??= old.experts;
    }
    news.experts ??= [];
    this.detail = news;
  }

  #schedule() {
    if (this.#scheduled) return;
    this.#scheduled = true;
    requestAnimationFrame(() => {
      this.#scheduled = false;
      this.painted++;
      const changed = this.#changed;
      this.#changed = new Set();
      for (const listener of this.#listeners) listener(changed);
    });
  }
}

/** Fields of one environment as the server sends them, or null where none are kept. */
export async function fetchFields(id, forecast, signal) {
  const answer = await fetch(`api/fields?id=${encodeURIComponent(id)}&forecast=${forecast}`, { signal });
  if (answer.status === 404) return null;
  if (!answer.ok) throw new Error(`fields: ${answer.status} ${await answer.text()}`);
  return readFields(await answer.arrayBuffer());
}

/** The newest frame of an environment, or null where there is none. */
export async function fetchFrame(id) {
  const answer = await fetch(`api/frame?id=${encodeURIComponent(id)}`);
  return answer.ok ? readFields(await answer.arrayBuffer()) : null;
}

/** Reads the header and gives each of its parts as an array of numbers. */
export function readFields(buffer) {
  const length = new DataView(buffer).getUint32(0, true);
  const header = JSON.parse(new TextDecoder().decode(new Uint8Array(buffer, 4, length)));
  const parts = {};
  for (const part of header.parts) {
    parts[part.name] = new Float32Array(buffer, 4 + length + 4 * part.offset, part.length);
  }
  return { ...header, parts };
}
