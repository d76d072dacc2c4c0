import { GateModel, MetricGateOptions } from '../../rollout/gate';
import { Controlled } from '../controlled';
import { Move } from '../move';

/**
 * The steps of a rollout in the ways that Flagger knows: with weights, with conditions (A/B), or all at once (blue/green). The last two go by a
 * number of looks instead of weights.
 * @see https://docs.flagger.app/usage/deployment-strategies
 */
export interface FlaggerSteps {
  readonly kind: 'weights' | 'conditions' | 'at-once';
  /** The step before any weights, if Flagger knows it: copies, some requests, or just pods that get none. */
  readonly opening?: Move;
  /** Steps with a share of the traffic, of which the last may be everything: then Flagger waits there before it promotes. */
  readonly weighted: readonly Move[];
  /** Steps that Flagger goes through without a stop: pods that start, and the promotion. */
  readonly passed: readonly Move[];
}

export function flaggerSteps({ moves }: Controlled): FlaggerSteps {
  const first = moves.findIndex(({ percent }) => percent > 0);
  const start = first < 0 ? moves.length : first;
  const promoted = moves.findIndex(({ percent, gates }) => percent === 100 && gates.length === 0);
  const weighted = moves.slice(start, promoted < 0 ? moves.length : promoted);
  const last: Move | undefined = moves[start - 1];
  const kind = last?.traffic.routes.length ? 'conditions' : weighted.length > 0 ? 'weights' : 'at-once';
  const opening = kind !== 'weights' || last?.traffic.mirrors?.length ? last : undefined;
  return { kind, opening, weighted, passed: moves.filter((move) => move !== opening && !weighted.includes(move)) };
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
