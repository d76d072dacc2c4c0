import { PortProtocol, protocolNamed } from './protocol';
import { exists, first, isPort, typeRefusal } from './refusal-parts';
import { Field } from '../../../manifests/field';
import { KubeObject } from '../../../manifests/kube-object';

/** One of a Gateway's `servers`. */
export interface Server {
  readonly gateway: KubeObject;
  readonly port: number;
  readonly protocol: PortProtocol;
  /** The word of the manifest. */
  readonly written: string;
  /** `host`, or `namespace/host` for VirtualServices of that namespace alone. */
  readonly hosts: readonly string[];
  readonly bind: string;
  /** Absent: it takes what is not encrypted. */
  readonly tls?: { readonly passes: boolean; readonly auto: boolean; readonly redirects: boolean };
}

export function servers(gateway: KubeObject): Server[] {
  return gateway.spec.at('servers').items().map((server): Server => {
    const written = server.at('port').at('protocol').text() ?? '';
    return {
      gateway,
      port: server.at('port').at('number').integer() ?? 0,
      protocol: protocolNamed(written) ?? 'tcp',
      written: written.toLowerCase(),
      hosts: hostsOf(server, gateway.namespace),
      bind: server.at('bind').text() ?? '',
      tls: tlsOf(server.at('tls')),
    };
  });
}

/** The proxy of the gateway ends TLS and reads HTTP. */
export function endsHttps({ written, tls }: Server): boolean {
  return tls !== undefined && !tls.passes && written === 'https';
}

/** @see https://github.com/istio/istio/blob/release-1.31/pilot/pkg/model/gateway.go (sanitizeServerHostNamespace) */
function hostsOf(server: Field, namespace: string): string[] {
  const written = server.at('hosts').texts();
  return written.includes('*/*') ? ['*'] : written.map((host) => host.replace(/^\.\//, `${namespace}/`).replace(/^\*\//, ''));
}

/** Without a mode it passes on what is encrypted. */
function tlsOf(tls: Field): Server['tls'] {
  if (!tls.exists) return undefined;
  const mode = tls.at('mode').text() ?? 'PASSTHROUGH';
  return { passes: /PASSTHROUGH$/.test(mode), auto: mode === 'AUTO_PASSTHROUGH', redirects: tls.at('httpsRedirect').flag() ?? false };
}

/** @see https://github.com/istio/istio/blob/release-1.31/pkg/config/validation/validation.go (ValidateGateway) */
export function gatewayRefusal(gateway: KubeObject): string | undefined {
  const list = gateway.spec.at('servers').items();
  if (list.length === 0) return 'it has no servers';
  gateway.spec.at('selector').textMap();
  const names = list.map((server) => server.at('port').at('name').text() ?? '');
  if (new Set(names).size < names.length) return 'names of ports are not unique';
  return first(list, serverRefusal) ?? typeRefusal(gateway);
}

function serverRefusal(server: Field): string | undefined {
  const port = server.at('port');
  const protocol = protocolNamed(port.at('protocol').text() ?? '');
  if (server.at('hosts').texts().length === 0) return `${server.place}.hosts is empty`;
  if (!protocol) return `${port.place}.protocol is none that is known`;
  if (!isPort(port.at('number').integer() ?? 0)) return `${port.place}.number is no port`;
  if (!port.at('name').text()) return `${port.place}.name is missing`;
  return tlsRefusal(server.at('tls'), protocol);
}

function tlsRefusal(tls: Field, protocol: PortProtocol): string | undefined {
  if (!tls.exists) return protocol === 'tls' ? `${tls.place} is missing` : undefined;
  const { passes = false } = tlsOf(tls) ?? {};
  if (protocol !== 'tls') return protocol === 'http' && passes ? undefined : `${tls.place} is not for what is not encrypted`;
  const mode = tls.at('mode').text() ?? '';
  const credential = ['credentialName', 'credentialNames', 'tlsCertificates', 'serverCertificate'].some((key) => exists(tls.at(key)));
  if (mode === 'ISTIO_MUTUAL') return credential ? `${tls.place} has a certificate of its own` : undefined;
  return passes || credential ? undefined : `${tls.place} has no certificate`;
}
