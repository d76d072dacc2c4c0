import { Condition } from './condition';
import { Request } from './request';
import { Filters, Redirect, Status, TableRule } from './route-table';
import { Share } from './share';
import { KubeObject } from '../manifests/kube-object';
import { Service } from '../manifests/service';
import { Workload } from '../manifests/workload';

/** What becomes of one request, with everything that chance decides on as shares. */
export interface Verdict {
  readonly request: Request;
  /** Shares add up to 1. */
  readonly outcomes: readonly Outcome[];
  /** What becomes of copies: shares of the requests, which need not add up to 1. */
  readonly mirrors: readonly Outcome[];
  /** What decided; absent where no rule did. */
  readonly rule?: TableRule;
  /** Earlier rules, and which of their conditions did not hold. */
  readonly passedOver: readonly PassedOver[];
  /** What is done to the request besides; without what only what is sent on would meet, where nothing is. */
  readonly filters: Filters;
  /** Name of the mesh or gateway system whose rules were followed; absent for a plain Service. */
  readonly followed?: string;
  readonly doubts: readonly string[];
}

export interface PassedOver {
  readonly rule: TableRule;
  readonly failed: Condition;
}

export type Outcome = { readonly share: Share } & (
  | { readonly kind: 'pods'; readonly workload: Workload; readonly version: string; readonly service: Service; readonly port: number }
  /** Answered by a proxy, in whose words `reason` says why. */
  | { readonly kind: 'answered'; readonly status: Status | string; readonly cause: Cause; readonly reason: string; readonly object?: KubeObject }
  | { readonly kind: 'redirected'; readonly redirect: Redirect }
  | { readonly kind: 'outside'; readonly host: string }
);

/** `unmatched`: no rule took it; `lost`: the backend is missing or empty; `denied`: not let in; `fault`: injected; `rule`: a rule says so. */
export type Cause = 'unmatched' | 'lost' | 'denied' | 'fault' | 'rule';

/** Shares of the versions that answer. */
export function sharesByVersion(outcomes: readonly Outcome[]): Map<string, Share> {
  const shares = new Map<string, Share>();
  for (const one of outcomes) {
    if (one.kind === 'pods') shares.set(one.version, (shares.get(one.version) ?? Share.none).plus(one.share));
  }
  return shares;
}
