package io.dynadiff.console.state;

import io.dynadiff.schemas.avro.Tensor;
import java.util.List;

/**
 * One forecast beside what came true of it. Tensors are shared and must not be changed.
 *
 * @param issueSequence of the frame the forecast starts from
 * @param leadSteps lead of each entry of the lead axis, in intervals
 * @param version of the weights
 * @param weightsId SHA-256 of the weights
 * @param members of the ensemble
 * @param mean [lead, channel, y, x], in the channels' units
 * @param spread same axes, or null
 * @param issue the frame it starts from [channel, y, x], or null where it is not kept
 * @param truths for each lead [channel, y, x], or null where it has not come or is not kept
 */
public record FieldSet(
    Form form,
    String runId,
    long issueSequence,
    long issueTimeMs,
    long intervalMs,
    List<Integer> leadSteps,
    long version,
    String weightsId,
    int members,
    Tensor mean,
    Tensor spread,
    Tensor issue,
    List<Tensor> truths) {}
