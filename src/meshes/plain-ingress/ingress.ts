import { IngressTls } from './options';
import { Exposure, PathMatch } from '../../model/routing-model';

export const API = { apiVersion: 'networking.k8s.io/v1', kind: 'Ingress' } as const;

/** A path, and the Service that gets its requests. */
export interface Path {
  readonly path: PathMatch;
  readonly service: string;
}

export interface IngressPlan {
  readonly ingressClassName?: string;
  readonly hosts: readonly string[];
  readonly port: number;
  readonly paths: readonly Path[];
  readonly tls: readonly IngressTls[];
}

/** @see https://kubernetes.io/docs/reference/kubernetes-api/service-resources/ingress-v1/ */
export function ingress({ ingressClassName, hosts, port, paths, tls }: IngressPlan): { readonly spec: unknown } {
  const http = {
    paths: paths.map(({ path, service }) => ({
      path: path.value, pathType: path.kind === 'exact' ? 'Exact' : 'Prefix', backend: { service: { name: service, port: { number: port } } },
    })),
  };
  return {
    spec: {
      ingressClassName,
      tls: tls.length > 0 ? tls.map(({ hosts: names, secretName }) => ({ hosts: names?.includes('*') ? undefined : names, secretName })) : undefined,
      rules: hosts.map((host) => ({ host: host === '*' ? undefined : host, http })),
    },
  };
}

/** The certificates for the hosts of an exposure, each with those of the hosts that no other one is closer to. */
export function certificates({ hosts }: Exposure, tls: readonly IngressTls[]): IngressTls[] {
  const names = tls.flatMap((one) => one.hosts ?? ['*']);
  return tls
    .map(({ secretName, hosts: own = ['*'] }) => ({ secretName, hosts: hosts.filter((host) => own.includes(closest(names, host) ?? '')) }))
    .filter(({ hosts: served }) => served.length > 0);
}

/**
 * The host itself, before a wildcard, before all hosts. A wildcard stands for one label, in certificates as in Ingresses.
 * @see https://www.rfc-editor.org/rfc/rfc6125#section-6.4.3
 */
function closest(names: readonly string[], host: string): string | undefined {
  return [host, host.replace(/^[^.]*/, '*'), '*'].find((name) => names.includes(name));
}
