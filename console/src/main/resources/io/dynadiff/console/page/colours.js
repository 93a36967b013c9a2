// Colour maps of steady lightness, safe for colour-blind people.

/** Matplotlib's viridis (van der Walt and Smith 2015) at ten places. */
const VIRIDIS = [0x440154, 0x482878, 0x3e4989, 0x31688e, 0x26828e, 0x1f9e89, 0x35b779, 0x6ece58, 0xb5de2b, 0xfde725];

/** Cividis (Nuñez, Anderton and Renslow 2018) at ten places: the same to red-green-blind people. */
const CIVIDIS = [0x00224e, 0x123570, 0x3b496c, 0x575d6d, 0x707173, 0x8a8678, 0xa59c74, 0xc3b369, 0xe1cc55, 0xfee838];

/** Moreland's cool-to-warm map (2009) at 17 places, lightest in the middle: for errors. */
const DIVERGING = [
  0x3b4cc0, 0x4e68d7, 0x6282ea, 0x779af7, 0x8db0fe, 0xa3c2ff, 0xb8d0f9, 0xccd9ee, 0xdddddd, 0xecd3c6, 0xf5c4ad,
  0xf7b194, 0xf49a7b, 0xec7f63, 0xde614c, 0xcb3e38, 0xb40426,
];

const STEPS = 1024;
const REMEMBERED = "dynadiff.colours";

/** Colours of the fractions 0 to 1 in equal steps, as little-endian RGBA. */
function table(anchors) {
  const colours = new Uint32Array(STEPS);
  for (let step = 0; step < STEPS; step++) {
    const place = (step / (STEPS - 1)) * (anchors.length - 1);
    const lower = Math.min(Math.floor(place), anchors.length - 2);
    const part = place - lower;
    let colour = 0xff000000;
    for (let channel = 0; channel < 3; channel++) {
      const shift = 16 - 8 * channel;
      const from = (anchors[lower] >> shift) & 0xff;
      const to = (anchors[lower + 1] >> shift) & 0xff;
      colour |= Math.round(from + part * (to - from)) << (8 * channel);
    }
    colours[step] = colour;
  }
  return colours;
}

export const MAPS = { viridis: table(VIRIDIS), cividis: table(CIVIDIS) };
export const ERROR_MAP = table(DIVERGING);

/** What is not a number: mid grey, in no map. */
const MISSING = 0xff808080;

/** Colour of a value between low and high; what lies beyond has the colour of the end. */
export function colourOf(colours, value, low, high) {
  if (Number.isNaN(value)) return MISSING;
  const fraction = high > low ? (value - low) / (high - low) : 0.5;
  return colours[Math.round(Math.min(1, Math.max(0, fraction)) * (STEPS - 1))];
}

/** Name of the map chosen in this browser. */
export function chosenMap() {
  try {
    const name = localStorage.getItem(REMEMBERED);
    return MAPS[name] ? name : "viridis";
  } catch {
    return "viridis"; // storage may be forbidden
  }
}

export function chooseMap(name) {
  try {
    localStorage.setItem(REMEMBERED, name);
  } catch {
    // then it is chosen anew next time
  }
}
