/** Files that programs in other languages read: experts as safetensors. */
package io.dynadiff.cli.export;
