/** Canonical, strict JSON of value records. */
package io.dynadiff.models.json;
