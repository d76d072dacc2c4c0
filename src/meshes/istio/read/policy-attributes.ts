import { holds, passes, Subject, Test } from '../../../evaluation/condition';
import { Request } from '../../../evaluation/request';

/** A request as the proxy of a pod sees it. */
export interface Arrival {
  readonly request: Request;
  /** `cluster.local/ns/shop/sa/web`; absent: nobody proves who calls. */
  readonly principal?: string;
  /** Of the container. */
  readonly port: number;
  /** The proxy reads HTTP, and not only connections. */
  readonly http: boolean;
}

/** Tests a value of a policy. `unknown`: what it asks for is not in the manifests. */
export type Attribute = { readonly http: boolean; readonly takes: (value: string, arrival: Arrival) => boolean } | 'unknown';

/**
 * What a policy's key stands for, if it stands for something.
 * @see https://github.com/istio/istio/blob/release-1.31/pilot/pkg/security/authz/model/generator.go
 */
export function attribute(key: string, policyNamespace: string): Attribute | undefined {
  const header = /^request\.headers\[(.+)\]$/.exec(key)?.[1];
  if (header !== undefined) return ofRequest({ of: 'header', name: header.toLowerCase() }, headerTest);
  if (/^request\.auth\.|^experimental\.envoy\.filters\.|^(source|remote|destination)\.ip$|^connection\.sni$/.test(key)) return 'unknown';
  switch (key) {
    case 'methods': return ofRequest({ of: 'method' }, headerTest);
    case 'hosts': return ofRequest({ of: 'authority' }, (value) => ({ ...headerTest(value), ignoreCase: true } as Test));
    case 'paths': return ofRequest({ of: 'path' }, pathTest);
    case 'destination.port': return { http: false, takes: (value, { port }) => Number(value) === port };
    case 'source.principal': return ofPrincipal(principalPattern);
    case 'source.namespace': return ofPrincipal((value) => `.*/ns/${value.split('*').map(quoted).join('.*')}/.*`);
    case 'source.serviceAccount': return ofPrincipal((value) => accountPattern(value, policyNamespace));
    case 'source.trustDomain': return ofPrincipal((value) => `${value.split('*').map(quoted).join('[^/]*')}/.*`);
    default: return undefined;
  }
}

function ofRequest(subject: Subject, test: (value: string) => Test): Attribute {
  return { http: true, takes: (value, { request }) => holds({ subject, test: test(value) }, request) };
}

function ofPrincipal(pattern: (value: string) => string): Attribute {
  return { http: false, takes: (value, { principal }) => passes({ kind: 'regex', value: pattern(value), covers: 'whole' }, principal) };
}

/** An asterisk at one end stands for any text, alone for any that is there. */
function headerTest(value: string): Test {
  if (value === '*') return { kind: 'present' };
  if (value.startsWith('*')) return { kind: 'suffix', value: value.slice(1) };
  return value.endsWith('*') ? { kind: 'prefix', value: value.slice(0, -1) } : { kind: 'exact', value };
}

/** With braces it is a template of path elements. @see https://istio.io/latest/docs/reference/config/security/authorization-policy/#Operation */
function pathTest(value: string): Test {
  if (!/\{\*\*?\}/.test(value)) return headerTest(value);
  const pattern = value.split(/(\{\*\*?\})/).map((part) => ({ '{*}': '[^/]+', '{**}': '.*' })[part] ?? quoted(part)).join('');
  return { kind: 'regex', value: pattern, covers: 'whole' };
}

function principalPattern(value: string): string {
  if (value === '*') return '.+';
  if (value.startsWith('*')) return `.*${quoted(value.slice(1))}`;
  return value.endsWith('*') ? `${quoted(value.slice(0, -1))}.*` : quoted(value);
}

/** `account` of the policy's namespace, or `namespace/account`. */
function accountPattern(value: string, policyNamespace: string): string {
  const [account, namespace] = value.split('/').reverse();
  return `.+/ns/${quoted(namespace ?? policyNamespace)}/(.+/|)sa/${quoted(account)}(/.+)?`;
}

function quoted(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}
