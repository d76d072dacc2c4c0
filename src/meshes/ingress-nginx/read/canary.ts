import { integer, isOn, text, word } from './annotations';
import { Condition, isExpression } from '../../../evaluation/condition';
import { Destination, Target } from '../../../evaluation/route-table';
import { KubeObject } from '../../../manifests/kube-object';

/** How requests are shared out between a main Ingress and its canary. */
export interface Canary {
  readonly object: KubeObject;
  readonly weight: number;
  readonly total: number;
  /** In lower case; empty for none. */
  readonly header: string;
  readonly headerValue: string;
  readonly headerPattern: string;
  readonly cookie: string;
}

/** @see https://github.com/kubernetes/ingress-nginx/blob/controller-v1.15.1/internal/ingress/annotations/canary/main.go (Parse) */
export function canaryOf(object: KubeObject): Canary | undefined {
  if (!isOn(object, 'canary')) return undefined;
  return {
    object,
    weight: integer(object, 'canary-weight') ?? 0,
    total: integer(object, 'canary-weight-total') ?? 100,
    header: word(object, 'canary-by-header').toLowerCase(),
    headerValue: word(object, 'canary-by-header-value'),
    headerPattern: text(object, 'canary-by-header-pattern'),
    cookie: word(object, 'canary-by-cookie'),
  };
}

/** A case that is tried before the next one; the last has no conditions. */
export interface Case {
  readonly conditions: readonly Condition[];
  readonly destinations: readonly Destination[];
  readonly doubts?: readonly string[];
}

/**
 * The header decides, then the cookie, then the weight; what none of the words fits falls through.
 * @see https://github.com/kubernetes/ingress-nginx/blob/controller-v1.15.1/rootfs/etc/nginx/lua/balancer.lua (route_to_alternative_balancer)
 */
export function cases(canary: Canary, main: Target, alternative: Target): Case[] {
  const to = (target: Target): Destination[] => [{ weight: 1, to: target }];
  return [...byHeader(canary, to(main), to(alternative)), ...byCookie(canary, to(main), to(alternative)), byWeight(canary, main, alternative)];
}

/** With a value or a pattern, `always` and `never` are words like any other. */
function byHeader({ object, header, headerValue, headerPattern }: Canary, main: readonly Destination[], alternative: readonly Destination[]): Case[] {
  if (header === '') return [];
  const is = (value: string): Condition => ({ subject: { of: 'header', name: header }, test: { kind: 'exact', value } });
  if (headerValue !== '') return [{ conditions: [is(headerValue)], destinations: alternative }];
  if (headerPattern === '') return [{ conditions: [is('always')], destinations: alternative }, { conditions: [is('never')], destinations: main }];
  if (isExpression(headerPattern)) {
    return [{ conditions: [{ subject: { of: 'header', name: header }, test: { kind: 'regex', value: headerPattern, covers: 'part' } }], destinations: alternative }];
  }
  const doubt = `the pattern "${headerPattern}" of ${object.title} is in a dialect that is not known here: it is taken to fit no header`;
  return [{ conditions: [{ subject: { of: 'header', name: header }, test: { kind: 'present' } }], destinations: main, doubts: [doubt] }];
}

function byCookie({ cookie }: Canary, main: readonly Destination[], alternative: readonly Destination[]): Case[] {
  if (cookie === '') return [];
  const is = (value: string): Condition => ({ subject: { of: 'header', name: 'cookie' }, test: { kind: 'regex', value: cookiePattern(cookie, value), covers: 'part' } });
  return [{ conditions: [is('always')], destinations: alternative }, { conditions: [is('never')], destinations: main }];
}

/** nginx finds the first cookie of a name, in whatever case, and takes it to the next semicolon. */
function cookiePattern(name: string, value: string): string {
  const literal = name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return `(?:^|[;,])\\s*(?i:${literal})\\s*=\\s*${value}(?:;|$)`;
}

/** A total counts only above 100. */
function byWeight({ weight, total }: Canary, main: Target, alternative: Target): Case {
  const all = total > 100 ? total : 100;
  const share = Math.min(Math.max(weight, 0), all);
  return { conditions: [], destinations: [{ weight: share, to: alternative }, { weight: all - share, to: main }] };
}
