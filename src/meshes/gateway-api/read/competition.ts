import { Implementation } from './implementation';
import { Route } from './routes';
import { RouteRule } from './rules';
import { Condition, holds } from '../../../evaluation/condition';
import { Request } from '../../../evaluation/request';
import { Action, RouteTable } from '../../../evaluation/route-table';

const NO_MATCH: Action = { kind: 'answer', status: 404, reason: 'no rule takes the request' };

/** Rules of all routes on one parent, of which the most specific that takes a request decides. */
export class Competition {
  private readonly sorted: readonly RouteRule[];

  public constructor(rules: readonly RouteRule[], private readonly implementation: Implementation) {
    this.sorted = this.ranked(rules, '');
  }

  public tableFor(request: Request): RouteTable {
    const rules = this.implementation.ranksByRequest ? this.ranked(this.sorted, request.path) : this.sorted;
    return { rules: rules.map(({ rule }) => rule), otherwise: NO_MATCH, doubts: this.doubts(rules, request) };
  }

  /** The rule that takes a request. */
  public firstFor(request: Request): RouteRule | undefined {
    return this.ranked(this.sorted, request.path).find(({ match }) => match.conditions.every((condition) => holds(condition, request)));
  }

  /** Rank, age, name, and last the order in which they are written. */
  private ranked(rules: readonly RouteRule[], path: string): RouteRule[] {
    const ranks = new Map(rules.map((one) => [one, this.implementation.rank(one.match, path)]));
    return [...rules].sort((a, b) => compareRanks(ranks.get(b)!, ranks.get(a)!) || compareAges(a.route, b.route, this.implementation));
  }

  /** What of the decision depends on what the manifests do not say. */
  private doubts(rules: readonly RouteRule[], request: Request): string[] {
    const takers = rules.filter(({ match }) => match.conditions.every((condition) => holds(condition, request)));
    const [winner, ...others] = takers;
    const found = winner ? others.map((other) => this.rivalry(winner, other, request.path)) : [];
    const expressions = this.implementation.open ? rules.filter((one) => dependsOnDialect(one, request)) : [];
    return [...new Set([
      ...found.filter((doubt) => doubt !== undefined),
      ...expressions.map(({ rule }) => `what the regular expression in ${rule.place} takes depends on the implementation`),
    ])];
  }

  private rivalry(winner: RouteRule, other: RouteRule, path: string): string | undefined {
    if (winner.route === other.route) return undefined;
    const both = `${winner.route.object.title} and ${other.route.object.title} both take the request`;
    if (winner.group !== other.group) return `${both}, and which comes first is not known: ${this.implementation.gateway.apart}`;
    const kinds = [winner, other].map(({ match }) => match.path.kind);
    if (this.implementation.open && kinds.includes('prefix') && kinds.includes('regex')) {
      return `${both}, one by a regular expression: which comes first depends on the implementation`;
    }
    const { rank } = this.implementation;
    if (compareRanks(rank(winner.match, path), rank(other.match, path)) !== 0 || ageKnown(winner.route, other.route)) return undefined;
    return `${both}, equally well: the older one decides, and their age is not known`;
  }
}

function compareRanks(a: readonly number[], b: readonly number[]): number {
  const at = a.findIndex((value, index) => value !== b[index]);
  return at < 0 ? 0 : a[at] - b[at];
}

/** Below 0: the first is older, or its name comes first. */
export function compareAges(a: Route, b: Route, { ageTie }: Implementation): number {
  const ages = ageKnown(a, b) ? compareTexts(a.object.created!, b.object.created!) : 0;
  return ages || compareTexts(ageTie(a), ageTie(b));
}

export function ageKnown(a: Route, b: Route): boolean {
  return a.object.created !== undefined && b.object.created !== undefined;
}

function compareTexts(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}

/** Dialects differ most in whether an expression has to cover the whole value. */
function dependsOnDialect({ match }: RouteRule, request: Request): boolean {
  const asPart = match.conditions.map((condition): Condition =>
    (condition.test.kind === 'regex' ? { ...condition, test: { ...condition.test, covers: 'part' } } : condition));
  const all = (conditions: readonly Condition[]) => conditions.every((condition) => holds(condition, request));
  return all(asPart) !== all(match.conditions);
}
