// Numbers, times and names as people read them.

const MINUS = "\u2212";

/** A number with so many significant digits, without an exponent where one can do without. */
export function number(value, digits = 3) {
  if (value === null || value === undefined || Number.isNaN(value)) return "–";
  if (!Number.isFinite(value)) return value > 0 ? "∞" : MINUS + "∞";
  if (value === 0) return "0";
  const size = Math.abs(value);
  const text =
    size >= 1e6 || size < 1e-4
      ? value.toExponential(Math.max(0, digits - 1))
      : size >= 10 ** digits
        ? value.toFixed(0)
        : value.toPrecision(digits);
  return text.replace(/-/g, MINUS);
}

/** A unit in UDUNITS notation as it is printed: m s-1 becomes m s⁻¹, 1 becomes nothing. */
export function unit(text) {
  if (!text || text === "1") return "";
  const raised = { "-": "⁻", 0: "⁰", 1: "¹", 2: "²", 3: "³", 4: "⁴", 5: "⁵", 6: "⁶", 7: "⁷", 8: "⁸", 9: "⁹" };
  return text
    .replace(/\bdegrees?_?[CK]?\b/, (name) => (name.endsWith("C") ? "°C" : "°"))
    .replace(/(?<=[A-Za-z])(-?\d+)/g, (digits) => [...digits].map((d) => raised[d]).join(""));
}

export function withUnit(value, unitText, digits = 3) {
  const printed = unit(unitText);
  return printed ? `${number(value, digits)} ${printed}` : number(value, digits);
}

/** Event time that passes between frames or leads. */
export function span(milliseconds) {
  const size = Math.abs(milliseconds);
  if (size < 1000) return `${number(milliseconds, 3)} ms`;
  if (size < 120e3) return `${trim(milliseconds / 1e3)} s`;
  if (size < 120 * 60e3) return `${trim(milliseconds / 60e3)} min`;
  if (size < 72 * 3600e3) return `${trim(milliseconds / 3600e3)} h`;
  return `${trim(milliseconds / 86400e3)} d`;
}

function trim(value) {
  return String(Math.round(value * 10) / 10);
}

/** Model time before the year 1971 is a time since the start; all else is a date, in UTC. */
export function eventTime(milliseconds) {
  if (Math.abs(milliseconds) < 365 * 86400e3) return `t = ${span(milliseconds)}`;
  return new Date(milliseconds).toISOString().replace("T", " ").replace(/(:00)?\.000Z$/, "") + " UTC";
}

export function clock(milliseconds) {
  return new Date(milliseconds).toLocaleTimeString([], { hour12: false });
}

export function bytes(count) {
  return count < 1 << 20 ? `${number(count / 1024, 3)} KiB` : `${number(count / (1 << 20), 3)} MiB`;
}

export function percent(share) {
  if (share === null || Number.isNaN(share)) return "–";
  if (!Number.isFinite(share)) return "diverged";
  return `${share < 0.1 ? (100 * share).toFixed(1) : Math.round(100 * share)} %`;
}

/**
 * Error of an environment as a share of persistence's: null where nothing is scored yet, without
 * bound where the forecast diverged, whose error no number tells.
 */
export function share(row) {
  if (row.persistence === null) return null;
  if (row.error === null) return Infinity;
  return row.persistence > 0 ? row.error / row.persistence : null;
}

/** That share in words. */
export function shareText(row) {
  const found = share(row);
  if (found === null) return row.error === null ? "no score yet" : "";
  return Number.isFinite(found) ? `${percent(found)} of persistence` : "diverged";
}

export function integer(value) {
  return value === null || value === undefined ? "–" : value.toLocaleString("en").replace(/,/g, "\u202f");
}

/** Labels of condition and channel names: underscores are blanks to people. */
export function words(name) {
  return name.replace(/_/g, " ");
}

/** What an environment's expert is about: a sign beside every colour, and a word. */
export const STATUS = {
  BASE: { sign: "○", word: "base expert", attention: 1 },
  ADAPTED: { sign: "✓", word: "adapted", attention: 0 },
  SHIFTED: { sign: "▲", word: "shift", attention: 4 },
  GENERATING: { sign: "◔", word: "generating", attention: 3 },
  ROLLED_BACK: { sign: "↩", word: "rolled back", attention: 3 },
  PINNED: { sign: "■", word: "pinned", attention: 2 },
  FROZEN: { sign: "✻", word: "frozen sensor", attention: 4 },
};

export const DECISION = {
  SHIFT_DETECTED: { sign: "▲", word: "Shift detected", kind: "shift" },
  REQUESTED: { sign: "◔", word: "Weights requested", kind: "quiet" },
  GENERATED: { sign: "✳", word: "Weights generated", kind: "quiet" },
  ACCEPTED: { sign: "✓", word: "Expert swapped in", kind: "good" },
  KEPT_INCUMBENT: { sign: "=", word: "Incumbent kept", kind: "quiet" },
  REFUSED: { sign: "✕", word: "Refused", kind: "bad" },
  ROLLED_BACK: { sign: "↩", word: "Rolled back", kind: "bad" },
  GAP: { sign: "┄", word: "Frames missing", kind: "bad" },
  PINNED: { sign: "■", word: "Pinned", kind: "quiet" },
  RELEASED: { sign: "□", word: "Released", kind: "quiet" },
  FROZEN: { sign: "✻", word: "Sensor frozen", kind: "bad" },
  THAWED: { sign: "~", word: "Sensor thawed", kind: "quiet" },
};

/** Makes an element: element("p", {class: "x"}, "text", child). */
export function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (key.startsWith("on")) made.addEventListener(key.slice(2), value);
    else made.setAttribute(key, value === true ? "" : value);
  }
  made.append(...children.filter((child) => child !== null && child !== undefined));
  return made;
}

/** Sets a text only where it has changed: untouched text costs no layout. */
export function setText(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

export function setAttribute(node, name, value) {
  if (node.getAttribute(name) !== value) node.setAttribute(name, value);
}
