import { Port } from './routing-model';

/**
 * The protocol of a port in the words that Kubernetes knows.
 * @see https://kubernetes.io/docs/concepts/services-networking/service/#application-protocol
 */
export function appProtocol({ protocol }: Port): string {
  return protocol === 'HTTP2' ? 'kubernetes.io/h2c' : protocol.toLowerCase();
}
