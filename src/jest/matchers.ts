import { Decision } from '../decision';
import { Lint, LintFinding, LintOptions } from '../lint';
import { percent } from '../report/decision-text';
import { Traffic, TrafficRequest } from '../traffic';
import { TrafficSource, trafficOf } from './traffic-of';

/** What jest asks of a matcher. */
export interface MatcherResult {
  readonly pass: boolean;
  readonly message: () => string;
}

/** Shares are numbers; a third is a third to so many decimals. */
const TOLERANCE = 1e-9;

/**
 * The request is shared out among exactly these versions, in these proportions: `{ v1: 90, v2: 10 }` and `{ v1: 0.9, v2: 0.1 }` say the same.
 * Versions may be named by their label or by their workload. What is lost, denied or answered by a proxy makes it fail.
 */
export function toSplit(received: TrafficSource, request: TrafficRequest, shares: Readonly<Record<string, number>>): MatcherResult {
  const decision = decide(received, request);
  const total = Object.values(shares).reduce((sum, share) => sum + share, 0);
  const expected = Object.entries(shares).filter(([, share]) => share > 0).map(([name, share]) => [name, share / total] as const);
  const reached = expected.reduce((sum, [name]) => sum + decision.share(name), 0);
  const near = (one: number, other: number) => Math.abs(one - other) < TOLERANCE;
  const pass = expected.length > 0 && near(reached, 1) && expected.every(([name, share]) => near(decision.share(name), share));
  const text = expected.map(([name, share]) => `${percent(share)} ${name}`).join(', ') || 'nothing';
  return { pass, message: () => explained(request, `${pass ? 'not ' : ''}to split: ${text}`, decision) };
}

/** Every such request reaches this version. */
export function toRouteTo(received: TrafficSource, request: TrafficRequest, version: string): MatcherResult {
  const decision = decide(received, request);
  const pass = Math.abs(decision.share(version) - 1) < TOLERANCE;
  return { pass, message: () => explained(request, `${pass ? 'not ' : ''}to reach ${version} always`, decision) };
}

/** This version, or workload, gets a copy of such requests: of all of them, or of so many percent, no more and no less. */
export function toMirrorTo(received: TrafficSource, request: TrafficRequest, version: string, percentage = 100): MatcherResult {
  const decision = decide(received, request);
  const pass = percentage > 0 && Math.abs(decision.mirrorShare(version) - percentage / 100) < TOLERANCE;
  return { pass, message: () => explained(request, `${pass ? 'not ' : ''}to be mirrored to ${version}, ${percent(percentage / 100)}`, decision) };
}

/** No such request is let in: access rules, not a missing route, keep it out. */
export function toBeDenied(received: TrafficSource, request: TrafficRequest): MatcherResult {
  const decision = decide(received, request);
  const pass = Math.abs(decision.denied - 1) < TOLERANCE;
  return { pass, message: () => explained(request, `${pass ? 'not ' : ''}to be denied always`, decision) };
}

/** The linter finds nothing: no error and no warning. */
export function toHaveNoFindings(received: TrafficSource, options: LintOptions = {}): MatcherResult {
  const findings = Lint.check(trafficOf(received), options).filter(({ severity }) => severity !== 'info');
  const pass = findings.length === 0;
  return { pass, message: () => (pass ? 'expected findings, and there are none' : `expected no findings:\n${findings.map(line).join('\n')}`) };
}

function decide(received: TrafficSource, request: TrafficRequest): Decision {
  const traffic: Traffic = trafficOf(received);
  return traffic.decide(request);
}

function explained(request: TrafficRequest, expectation: string, decision: Decision): string {
  const { host, port, method = '', path = '' } = request;
  const what = [method, `${host}${port === undefined ? '' : `:${port}`}${path}`].filter(Boolean).join(' ');
  return `expected ${what} ${expectation}\n\nreceived:\n${indented(`${decision}`)}`;
}

function line({ severity, code, where, place, message, remedy }: LintFinding): string {
  return indented(`${severity} ${code} at ${where} ${place}: ${message}; ${remedy}`);
}

function indented(text: string): string {
  return text.split('\n').map((one) => `  ${one}`).join('\n');
}
