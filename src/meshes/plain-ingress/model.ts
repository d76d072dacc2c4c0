import { IngressOptions } from './options';
import { Gateway } from '../../model/routing-model';

/** An Ingress controller takes HTTP on ports of its own, for every host. Without an account its pods are known by their namespace. */
export function ingressModel(system: string, name: string, namespace: string, { serviceAccountName, serviceName }: IngressOptions): Gateway {
  return {
    system,
    name,
    namespace,
    client: serviceAccountName === undefined
      ? { kind: 'namespace', namespace, requests: [] }
      : { kind: 'service-account', name: serviceAccountName, namespace, requests: [] },
    service: serviceName,
    listeners: [{ name: 'http', port: 80, protocol: 'HTTP', hosts: ['*'], httpsRedirect: false }],
  };
}
