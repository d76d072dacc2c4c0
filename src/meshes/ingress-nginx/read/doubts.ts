import { text } from './annotations';
import { canaryOf } from './canary';
import { Location } from './servers';
import { Upstream, upstreamName } from './upstreams';
import { Ingress } from '../../plain-ingress/read/ingress';

/** What a decision depends on that the manifests do not say: mostly the age of Ingresses, by which the controller reads them. */

/** A backend of a main Ingress and of a canary is what the older one of them makes of it. */
export function sharedDoubts(ingresses: readonly Ingress[], upstreams: ReadonlyMap<string, Upstream>): string[] {
  const found = ingresses.flatMap((ingress) => {
    const ofPaths = ingress.rules.flatMap(({ paths }) => paths.map(({ backend }) => backend));
    const backends = [...ofPaths, ...ingress.defaultBackend ? [ingress.defaultBackend] : []];
    const written = backends.map((backend) => upstreams.get(upstreamName(ingress, backend))).filter((upstream) => upstream !== undefined);
    const otherwise = written.filter(({ canary }) => (canary === undefined) !== (canaryOf(ingress.object) === undefined));
    return otherwise.filter((upstream) => !agesKnown([ingress, upstream.ingress])).map((upstream) =>
      `${titles([upstream.ingress, ingress])} have one backend, and one of them is a canary: the older one decides what it is, and their age is not known`);
  });
  return [...new Set(found)];
}

/** Annotations that may send requests elsewhere. */
const UNREAD = ['server-snippet', 'configuration-snippet', 'auth-url', 'default-backend', 'custom-http-errors', 'whitelist-source-range', 'denylist-source-range',
  'server-alias', 'service-upstream'];

export function locationDoubts({ ingress, path, rivals }: Location): string[] {
  if (!ingress) return [];
  const unknown = rivals.filter((rival) => !agesKnown([ingress, rival]));
  return [
    ...unknown.map((rival) => `${titles([ingress, rival])} both have the path "${path}": the older one decides, and their age is not known`),
    ...UNREAD.filter((name) => text(ingress.object, name) !== '').map((name) => `what the annotation ${name} of ${ingress.object.title} does is not followed`),
  ];
}

/** Clients with a session keep to what they had. @see https://kubernetes.github.io/ingress-nginx/user-guide/nginx-configuration/annotations/#session-affinity */
export function sessionDoubts({ ingress }: Location): string[] {
  return ingress && text(ingress.object, 'affinity') === 'cookie' ? [`clients with a session of ${ingress.object.title} stay with the version that they had`] : [];
}

export function alternativeDoubts({ alternatives }: Upstream, upstreams: ReadonlyMap<string, Upstream>): string[] {
  const ingresses = alternatives.map((name) => upstreams.get(name)?.ingress).filter((ingress) => ingress !== undefined);
  if (ingresses.length < 2 || agesKnown(ingresses)) return [];
  return [`${titles(ingresses)} are canaries of one backend: the oldest one counts, and their age is not known`];
}

function agesKnown(ingresses: readonly Ingress[]): boolean {
  return ingresses.every(({ object }) => object.created !== undefined);
}

function titles(ingresses: readonly Ingress[]): string {
  return ingresses.map(({ object }) => object.title).join(' and ');
}
