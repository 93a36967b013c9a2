/** Pages and pictures made from results files. */
package io.dynadiff.trainer.report;
