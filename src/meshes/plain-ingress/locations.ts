import { coversMatch, EVERYTHING, isEverything, prefixElements } from '../../model/match';
import { Match, PathMatch, Rule } from '../../model/routing-model';

/** A path that an Ingress tells apart, and what the rules say of the requests that it gets. */
export interface Location {
  readonly path: PathMatch;
  /** In declared order, up to the first that takes everything. Their matches have no path left. */
  readonly rules: readonly Rule[];
}

const ROOT: PathMatch = { kind: 'prefix', value: '/' };

/**
 * An Ingress looks at the path first: exact ones come before prefixes, long prefixes before short ones, and prefixes cover whole elements. So
 * each path is a location, at which just those rules are left whose own path covers it. Any rule with a narrower one has a location of its own
 * that gets its requests. That keeps the declared order whatever it is.
 * @see https://kubernetes.io/docs/concepts/services-networking/ingress/#multiple-matches
 */
export function locations(rules: readonly Rule[]): Location[] {
  const paths = rules.flatMap(alternatives).map(({ path }) => locationPath(path)).filter(({ kind }) => kind !== 'regex');
  const distinct = new Map(paths.map((path) => [`${path.kind} ${path.value}`, path]));
  return [...distinct.values()].map((path) => ({ path, rules: rulesAt(rules, path) }));
}

function rulesAt(rules: readonly Rule[], path: PathMatch): Rule[] {
  const left = rules.flatMap((rule) => {
    const reaching = alternatives(rule).filter((match) => coversMatch({ ...EVERYTHING, path: match.path }, { ...EVERYTHING, path }));
    if (reaching.length === 0) return [];
    const matches = reaching.map((match) => ({ ...match, path: undefined }));
    return [{ ...rule, matches: matches.some(isEverything) ? [] : matches }];
  });
  const last = left.findIndex(({ matches }) => matches.length === 0);
  return last < 0 ? left : left.slice(0, last + 1);
}

/** The slash at the end of a prefix has no meaning here, and some in controllers. */
function locationPath(path: PathMatch | undefined): PathMatch {
  return path?.kind === 'prefix' ? { kind: 'prefix', value: prefixElements(path.value) || '/' } : path ?? ROOT;
}

function alternatives(rule: Rule): readonly Match[] {
  return rule.matches.length === 0 ? [EVERYTHING] : rule.matches;
}
