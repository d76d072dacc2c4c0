import { isOn, text } from './annotations';
import { Location } from './servers';
import { Condition, isExpression } from '../../../evaluation/condition';

/** A location as nginx tries it. */
export interface Tried {
  readonly location: Location;
  readonly conditions: readonly Condition[];
  /** The path with a slash, to which requests without it are sent. */
  readonly slash?: string;
  readonly doubts: readonly string[];
}

/**
 * The order in which nginx comes to a location: exact ones, then the longest prefix. One path with a rewrite or with `use-regex` makes
 * expressions of all paths of its host, in any case and open at the end, and then the longest written one comes first.
 * @see https://github.com/kubernetes/ingress-nginx/blob/controller-v1.15.1/internal/ingress/controller/template/template.go (buildLocation)
 * @see https://nginx.org/en/docs/http/ngx_http_core_module.html#location
 */
export function ordered(locations: readonly Location[]): Tried[] {
  const sorted = [...locations].sort((a, b) => b.path.length - a.path.length || Number(b.path > a.path) - Number(b.path < a.path));
  if (sorted.some(usesExpressions)) return sorted.map(expression);
  return [...sorted.flatMap((one) => exact(one, sorted)), ...sorted.filter(({ pathType }) => pathType !== 'Exact').map(prefix)];
}

function usesExpressions({ path, ingress }: Location): boolean {
  if (!ingress) return false;
  const target = text(ingress.object, 'rewrite-target');
  return isOn(ingress.object, 'use-regex') || (target !== '' && target !== path);
}

function expression(location: Location): Tried {
  const value = `(?i)^${location.path}`;
  if (isExpression(value)) return { location, conditions: [{ subject: { of: 'path' }, test: { kind: 'regex', value, covers: 'part' } }], doubts: [] };
  const doubt = `the path "${location.path}" is an expression of a dialect that is not known here: it is taken to fit no request`;
  return { location, conditions: [{ subject: { of: 'path' }, test: { kind: 'unknown', value: location.path } }], doubts: [doubt] };
}

/** A prefix is an exact path too, unless an Ingress has that one itself. Of one that ends with a slash, the path without it is redirected. */
function exact(location: Location, all: readonly Location[]): Tried[] {
  const { path, pathType } = location;
  const isExact = (value: string) => all.some((one) => one.pathType === 'Exact' && one.path === value);
  const at = (value: string): Condition[] => [{ subject: { of: 'path' }, test: { kind: 'exact', value } }];
  if (pathType === 'Exact') return [{ location, conditions: at(path), doubts: [] }];
  if (path === '/') return [];
  const itself = isExact(path) ? [] : [{ location, conditions: at(path), doubts: [] }];
  const bare = path.replace(/\/$/, '');
  const taken = bare === path || isExact(bare) || all.some((one) => one.pathType !== 'Exact' && one.path === bare);
  return taken ? itself : [...itself, { location, conditions: at(bare), slash: path, doubts: [] }];
}

function prefix(location: Location): Tried {
  const { path } = location;
  if (path === '/') return { location, conditions: [], doubts: [] };
  return { location, conditions: [{ subject: { of: 'path' }, test: { kind: 'prefix', value: path.endsWith('/') ? path : `${path}/` } }], doubts: [] };
}
