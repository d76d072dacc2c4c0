import { Implementation } from './implementation';
import { RouteKind } from './kinds';
import { Rule } from '../../model/routing-model';

/** Rules that share a route object, and what the implementation reads from the object for all of them. */
export interface RouteObject {
  /** Where the first of its rules was declared; left out: it holds the last rule, which takes what others leave. */
  readonly place?: string;
  readonly annotations: Readonly<Record<string, string>>;
  readonly rules: readonly Rule[];
}

/** One object, unless rules differ in what stands on a whole one; that of the last rule comes first. A redirect has no such settings and stands there too. */
export function routeObjects(rules: readonly Rule[], kind: RouteKind, { objectSettings }: Implementation): RouteObject[] {
  const declared = rules.map((rule) => (rule.action.kind === 'redirect' ? undefined : JSON.stringify(objectSettings?.annotations(rule, kind) ?? {})));
  const last = declared.filter((one) => one !== undefined).at(-1) ?? '{}';
  const settings = declared.map((one) => one ?? last);
  return [...new Set([last, ...settings])].map((key) => {
    const own = rules.filter((_, index) => settings[index] === key);
    return { place: key === last ? undefined : own[0].place, annotations: JSON.parse(key), rules: own };
  });
}

/** `routes[0]` as part of a name. */
export function nameOfPlace(place: string): string {
  return place.replace(/rollout\./g, '').replace(/\W+/g, '-').replace(/-$/, '').toLowerCase();
}
