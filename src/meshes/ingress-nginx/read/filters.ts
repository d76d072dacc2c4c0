import { integer, text } from './annotations';
import { Location } from './servers';
import { Filters, Redirect } from '../../../evaluation/route-table';
import { KubeObject } from '../../../manifests/kube-object';

/** What the annotations of a main Ingress do to its requests; those of a canary do nothing. */
export function filters({ ingress, path }: Location): Filters {
  return ingress ? { retries: retries(ingress.object), pathRewrite: pathRewrite(text(ingress.object, 'rewrite-target'), path) } : {};
}

/** Tried three times in all, unless another number is written. @see https://kubernetes.github.io/ingress-nginx/user-guide/nginx-configuration/configmap/#proxy-next-upstream */
function retries(object: KubeObject): Filters['retries'] {
  const on = text(object, 'proxy-next-upstream') || 'error timeout';
  const tries = integer(object, 'proxy-next-upstream-tries') ?? 3;
  return on === 'off' || tries === 1 ? undefined : { attempts: tries > 0 ? tries - 1 : Number.MAX_SAFE_INTEGER, on };
}

/** The target takes the place of the whole path, with what the groups of the expression found. */
function pathRewrite(target: string, path: string): Filters['pathRewrite'] {
  if (target === '' || target === path) return undefined;
  return target.includes('$') ? { kind: 'regex', pattern: `(?i)^${path}.*$`, value: target.replace(/\$([0-9])/g, '\\$1') } : { kind: 'full', value: target };
}

/** @see https://github.com/kubernetes/ingress-nginx/blob/controller-v1.15.1/internal/ingress/annotations/redirect/redirect.go */
export function redirect({ ingress }: Location): Redirect | undefined {
  if (!ingress) return undefined;
  const temporal = parsed(text(ingress.object, 'temporal-redirect'));
  if (temporal) return { ...temporal, status: between(integer(ingress.object, 'temporal-redirect-code'), 300, 307) ?? 302 };
  const permanent = parsed(text(ingress.object, 'permanent-redirect'));
  return permanent && { ...permanent, status: between(integer(ingress.object, 'permanent-redirect-code'), 300, 308) ?? 301 };
}

function parsed(url: string): Omit<Redirect, 'status'> | undefined {
  if (!/^https?:\/\//.test(url) || !URL.canParse(url)) return undefined;
  const { protocol, hostname, port, pathname, search } = new URL(url);
  const path = { kind: 'full' as const, value: `${pathname}${search}` };
  return { kind: 'redirect', scheme: protocol.slice(0, -1), host: hostname, port: port === '' ? undefined : Number(port), path };
}

function between(code: number | undefined, least: number, most: number): number | undefined {
  return code !== undefined && code >= least && code <= most ? code : undefined;
}
