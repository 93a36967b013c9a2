// Draws a field: one pixel of the canvas for each point of the grid, which the style sheet enlarges.

import { colourOf } from "./colours.js";

/**
 * Draws values [y, x] in row-major order. Row 0 is drawn on top, or at the bottom where rows run
 * northwards.
 */
export function drawField(canvas, values, height, width, rowsRunUp, colours, low, high) {
  if (canvas.width !== width || canvas.height !== height) {
    canvas.width = width;
    canvas.height = height;
  }
  const context = canvas.getContext("2d");
  const image = context.createImageData(width, height);
  const pixels = new Uint32Array(image.data.buffer);
  for (let y = 0; y < height; y++) {
    const row = (rowsRunUp ? height - 1 - y : y) * width;
    for (let x = 0; x < width; x++) {
      pixels[row + x] = colourOf(colours, values[y * width + x], low, high);
    }
  }
  context.putImageData(image, 0, 0);
}

/** Draws a colour bar from low on the left to high on the right. */
export function drawBar(canvas, colours) {
  const width = 256;
  if (canvas.width !== width) {
    canvas.width = width;
    canvas.height = 1;
  }
  const context = canvas.getContext("2d");
  const image = context.createImageData(width, 1);
  const pixels = new Uint32Array(image.data.buffer);
  for (let x = 0; x < width; x++) pixels[x] = colourOf(colours, x, 0, width - 1);
  context.putImageData(image, 0, 0);
}

/** Height to width of a grid as it lies on the ground, for the style sheet. */
export function aspectRatio(form) {
  const middle = form.originY + ((form.height - 1) / 2) * form.spacingY;
  const shrink = form.geographic ? Math.cos((middle * Math.PI) / 180) : 1;
  return (form.width * Math.abs(form.spacingX) * shrink) / (form.height * Math.abs(form.spacingY));
}

/** Whether rows run northwards, so that row 0 belongs at the bottom. */
export function rowsRunUp(form) {
  return form.geographic && form.spacingY > 0;
}
