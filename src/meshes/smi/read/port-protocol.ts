import { portOf, Service } from '../../../manifests/service';

const STREAMS = ['tcp', 'tcp-server-first', 'tls', 'https'];

/** By `appProtocol`, else by the first word of the name, else HTTP. @see https://release-v1-2.docs.openservicemesh.io/docs/guides/app_onboarding/app_protocol_selection/ */
export function portSpeaks(service: Service, number: number): 'HTTP' | 'bytes' {
  const port = portOf(service, number);
  const said = port?.appProtocol ?? (port?.name?.startsWith('tcp-server-first') ? 'tcp-server-first' : port?.name?.split('-')[0]);
  return STREAMS.includes(said ?? '') ? 'bytes' : 'HTTP';
}
