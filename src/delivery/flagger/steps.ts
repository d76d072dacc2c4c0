import { GateModel, MetricGateOptions } from '../../rollout/gate';
import { ControlledService } from '../controlled';
import { Move } from '../move';

/**
 * The steps of a rollout in the ways that Flagger knows: with weights, with conditions (A/B), or all at once (blue/green). The last two go by a
 * number of looks instead of weights.
 * @see https://docs.flagger.app/usage/deployment-strategies
 */
export interface FlaggerSteps {
  readonly kind: 'weights' | 'conditions' | 'at-once';
  /** Steps with a share of the traffic, of which the last may be everything: then Flagger waits there before it promotes. */
  readonly weighted: readonly Move[];
  /** The step before any weights: copies, some requests, or just pods. */
  readonly opening?: Move;
  /** What Flagger does by itself when all looks were good. */
  readonly closing: readonly Move[];
}

export function flaggerSteps({ moves }: ControlledService): FlaggerSteps {
  const first = moves.findIndex(({ percent }) => percent > 0);
  const opening = first > 0 ? moves[first - 1] : undefined;
  const done = moves.findIndex(({ percent, gates }) => percent === 100 && gates.length === 0);
  const end = done < 0 ? moves.length : done;
  const weighted = moves.slice(Math.max(first, 0), Math.max(end, first, 0));
  const conditions = (opening?.traffic.routes.length ?? 0) > 0;
  return { kind: conditions ? 'conditions' : weighted.length > 0 ? 'weights' : 'at-once', weighted, opening, closing: moves.slice(end) };
}

/** Steps that Flagger stands still at, for at least one look. */
export function heldSteps({ weighted, opening }: FlaggerSteps): Move[] {
  return [...(opening ? [opening] : []), ...weighted];
}

export function durationsOf({ gates }: Move): number[] {
  return gates.flatMap((gate) => (gate.kind === 'duration' ? [gate.milliseconds] : []));
}

export function metricsOf({ gates }: Move): MetricGateOptions[] {
  return gates.flatMap((gate) => (gate.kind === 'metric' ? [gate.metric] : []));
}

export function approvalsOf({ gates }: Move): Extract<GateModel, { kind: 'approval' }>[] {
  return gates.filter((gate) => gate.kind === 'approval');
}
