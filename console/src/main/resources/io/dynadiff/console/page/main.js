// Puts the page together: which view is shown, what the keys do, and what the bar says.

import { DetailView } from "./detail.js";
import { EnvironmentList, link } from "./environments.js";
import { number, setAttribute, setText, span } from "./format.js";
import { HealthView, fill } from "./health.js";
import { Store } from "./live.js";
import { Overview } from "./map.js";

const store = new Store();
const list = new EnvironmentList(store);
const main = document.getElementById("main");
const help = document.getElementById("help");
let view = null;

/** A part of the address as it was before it was encoded; as it stands where somebody mistyped it. */
function decoded(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** The view that the address names: #/environment/ID, #/health, or the overview. */
function route() {
  const [, page = "", rest = ""] = location.hash.split("/");
  view?.close();
  const id = page === "environment" ? decoded(rest) : null;
  if (id !== null) view = new DetailView(store, id);
  else if (page === "health") view = new HealthView(store);
  else view = new Overview(store, list);
  document.title = (id ?? (page === "health" ? "Health" : "Overview")) + " · dynadiff console";
  document.body.dataset.page = id === null ? (page === "health" ? "health" : "overview") : "environment";
  setAttribute(document.getElementById("to-health"), "aria-current", page === "health" ? "page" : "false");
  setAttribute(document.getElementById("to-overview"), "aria-current", page === "" ? "page" : "false");
  main.replaceChildren(view.node);
  list.select(id);
  store.look(id);
  view.update();
}

function showVitals() {
  const feed = store.health?.feed;
  const bar = document.getElementById("connection");
  const [state, text] =
    store.connection !== "open"
      ? ["bad", store.connection === "waiting" ? "connecting …" : "✕ server lost, trying again"]
      : !feed
        ? ["waiting", "connecting …"]
        : !feed.connected
          ? ["bad", "✕ Kafka does not answer"]
          : feed.caughtUp
            ? ["good", "✓ live"]
            : ["waiting", "◔ catching up"];
  setAttribute(bar, "data-state", state);
  setText(bar, text);
  bar.title = feed?.trouble ?? feed?.brokers ?? "";
  if (!feed) return;
  const rate = (name) => feed.topics.find((topic) => topic.topic.endsWith(name))?.perSecond ?? 0;
  const lag = feed.topics.reduce((sum, topic) => sum + Math.max(0, topic.lag), 0);
  const delay = store.health.totals.forecastDelayP50Ms;
  fill(document.getElementById("vitals"), [
    ["frames", `${number(rate("frames.admitted"), 2)} /s`],
    ["forecasts", `${number(rate("forecasts"), 2)} /s`],
    ["frame to forecast", delay === null ? "–" : span(delay)],
    ["lag", String(lag)],
  ]);
}

function go(address) {
  location.hash = address;
}

const KEYS = {
  "/": () => document.getElementById("search").focus(),
  j: () => step(1),
  k: () => step(-1),
  ArrowRight: () => view.fields?.stepLead(1),
  ArrowLeft: () => view.fields?.stepLead(-1),
  " ": () => view.fields?.togglePlay(),
  l: () => view.fields?.toggleHold(),
  c: () => view.fields?.nextChannel(),
  o: () => go("#/"),
  h: () => go("#/health"),
  "?": () => help.showModal(),
};

function step(by) {
  const id = list.neighbour(by);
  if (id !== null) go(link(id));
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || help.open) return;
  const target = event.target;
  if (event.key === "Escape" && target.id === "search") {
    target.value = "";
    target.blur();
    list.arrange();
    return;
  }
  // Where a key has a meaning of its own, it keeps it.
  if (target.matches("input:not([type=range]):not([type=checkbox]), select, textarea")) return;
  if (target.matches("input[type=range]") && event.key.startsWith("Arrow")) return;
  if (event.key === " " && target.matches("button, summary, input")) return;
  if (event.key.startsWith("Arrow") && target.matches(".scroll, .timeline")) return;
  const action = KEYS[event.key];
  if (!action || (event.key.startsWith("Arrow") || event.key === " ") && !view.fields) return;
  event.preventDefault();
  action();
});

document.getElementById("help-open").addEventListener("click", () => help.showModal());
document.querySelector(".skip").addEventListener("click", (event) => {
  event.preventDefault();
  main.focus();
});
window.addEventListener("hashchange", () => {
  route();
  // On a phone the list gives way to what was chosen.
  window.scrollTo(0, 0);
});

store.listen(() => {
  list.keepSelection();
  showVitals();
  view.update();
});
route();

// For measurements: how many updates came and how many were painted.
window.dynadiff = store;
