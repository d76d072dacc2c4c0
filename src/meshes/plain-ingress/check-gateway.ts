import { backend, receivers } from './backend';
import { INGRESS_CAPABILITIES } from './capabilities';
import { BoundExposure, earlierThan } from './exposures';
import { certificates } from './ingress';
import { Location, locations } from './locations';
import { IngressOptions } from './options';
import { Capability, CAPABILITIES, matchNeeds, needs } from '../../model/capabilities';
import { exposedRules } from '../../model/exposed-rules';
import { Finding } from '../../model/finding';
import { listed } from '../../model/nearest';
import { Report } from '../../model/report';
import { Exposure, Gateway, PathMatch, Protocol } from '../../model/routing-model';
import { placeOf } from '../../model/validate/place';

/** What an Ingress controller can do with the objects that are written for it. */
export interface IngressSystem {
  /** The end of a sentence that begins with "the gateway ... is". */
  readonly is: string;
  /** What conditions and filters of rules it carries out. */
  readonly capabilities: ReadonlySet<Capability>;
  /** Protocols that it speaks to pods. */
  readonly protocols: readonly Protocol[];
  readonly protocolRemedy: string;
}

export interface Settings {
  readonly path: string;
  readonly model: Gateway;
  readonly ingressClassName?: string;
  readonly options: IngressOptions;
  readonly onClass: readonly BoundExposure[];
}

/** What is wrong with the settings of a gateway, whoever is exposed on it. */
export function checkSettings({ path, model, ingressClassName, options, onClass }: Settings): Finding[] {
  const report = new Report(path);
  report.name('name', model.name, 'dns-1123-label', 'give the gateway a valid `name`');
  report.name('podNamespace', model.namespace, 'dns-1123-label', 'give the name of a namespace');
  if (ingressClassName !== undefined) report.name('ingressClassName', ingressClassName, 'dns-1123-subdomain', 'give the name of an IngressClass');
  if (options.serviceAccountName !== undefined) {
    report.name('serviceAccountName', options.serviceAccountName, 'dns-1123-subdomain', 'give the name of a service account');
  }
  if (options.serviceName !== undefined) report.name('serviceName', options.serviceName, 'dns-1035-label', 'give the name of a Service');
  for (const key of Object.keys(options.annotations ?? {})) report.name(`annotations.${key}`, key, 'label-key', 'give a valid key');
  checkTls(report, options, onClass.map(({ exposure }) => exposure).filter(({ gateway }) => gateway === model));
  return report.findings;
}

function checkTls(report: Report, { tls = [] }: IngressOptions, exposures: readonly Exposure[]): void {
  const known: string[] = [];
  tls.forEach(({ secretName, hosts = ['*'] }, index) => {
    report.name(`tls[${index}].secretName`, secretName, 'dns-1123-subdomain', 'give the name of a Secret');
    if (hosts.length === 0) return report.add('gateway-invalid', `tls[${index}].hosts`, 'the certificate is for no host', 'name the hosts, or "*" for all');
    hosts.forEach((host, at) => {
      report.name(`tls[${index}].hosts[${at}]`, host, 'wildcard-host', 'give a DNS name, "*." and a DNS name, or "*"');
      if (known.includes(host)) report.add('gateway-invalid', `tls[${index}].hosts[${at}]`, `"${host}" has a certificate already`, 'name each host once');
      known.push(host);
    });
    if (exposures.length > 0 && exposures.every((exposure) => certificates(exposure, [tls[index]]).length === 0)) {
      report.add('gateway-invalid', `tls[${index}].hosts`, `the certificate is for ${listed(hosts)}, and exposed are ${listed([...new Set(exposures.flatMap((exposure) => exposure.hosts))])}`,
        'name a host that is exposed, or drop the certificate');
    }
  });
}

/** What no Ingress controller could keep of an exposure, or just another one. */
export function checkExposure(bound: BoundExposure, system: IngressSystem, onClass: readonly BoundExposure[]): Finding[] {
  const { model, exposure } = bound;
  const report = new Report(exposure.path);
  const exposed = exposedRules(model, exposure);
  if (!exposed) return [];
  if (exposure.listener !== undefined) report.add('exposure-invalid', 'listener', 'an Ingress has no listeners: it is served on all ports of its controller', 'drop `listener`');
  if (!system.protocols.includes(exposed.port.protocol)) {
    report.add('capability-missing', 'port', `the gateway "${exposure.gateway.name}" is ${system.is} and cannot say that port ${exposed.port.number} speaks ${exposed.port.protocol}`, system.protocolRemedy);
  }
  checkNeeds(report, bound, system);
  checkIdentity(report, bound);
  const places = locations(exposed.rules);
  for (const { path } of places) checkPath(report, path);
  checkOthers(report, bound, places, onClass);
  return report.findings;
}

/** The conditions of the exposure and those of the rules are looked at where they were declared, once each. */
function checkNeeds(report: Report, { model, exposure }: BoundExposure, { is, capabilities }: IngressSystem): void {
  const bare = exposedRules(model, { ...exposure, matches: [] })!;
  const refuse = (capability: Capability, place: string) => report.add('capability-missing', place,
    `the gateway "${exposure.gateway.name}" is ${is} and cannot ${CAPABILITIES[capability].does} (${capability})`, 'leave it out, or use a gateway that can');
  const asked = needs({ ...model, ports: [bare.port], rules: bare.rules, clients: undefined });
  for (const { capability, place } of asked.filter((need) => !capabilities.has(need.capability))) refuse(capability, place);
  exposure.matches.forEach((match, index) => {
    for (const capability of matchNeeds({ ...match, source: undefined, gateway: undefined })) {
      // What does not fit has to end with 404, and an Ingress turns away by host and path alone.
      if (!INGRESS_CAPABILITIES.has(capability)) refuse(capability, `matches[${index}]`);
    }
  });
}

/** In a mesh, clients are known by the accounts of their pods; without one by addresses, so that the namespace is enough. */
function checkIdentity(report: Report, { model, exposure: { gateway } }: BoundExposure): void {
  if (!model.clients || model.withoutMesh || gateway.client.kind === 'service-account') return;
  report.add('exposure-invalid', 'gateway', `the service lets in named clients only, and the pods of the gateway "${gateway.name}" have no account that the mesh knows`,
    'give the gateway `serviceAccountName` if its pods belong to the mesh, or drop `allowFrom`');
}

/** A slash in disguise, which the API server refuses. @see https://github.com/kubernetes/kubernetes/blob/v1.33.0/pkg/apis/networking/validation/validation.go (validateHTTPIngressPath) */
function checkPath(report: Report, { value }: PathMatch): void {
  const slash = /%2f/i.exec(value)?.[0];
  if (slash) report.add('path-invalid', 'matches', `the path "${value}" contains "${slash}", which no Ingress takes`, 'use another path');
}

/** Ingresses of one class are served together: of two with one host and path, nobody could say which decides. */
function checkOthers(report: Report, bound: BoundExposure, places: readonly Location[], onClass: readonly BoundExposure[]): void {
  for (const other of earlierThan(bound, onClass)) {
    const hosts = bound.exposure.hosts.filter((host) => other.exposure.hosts.includes(host));
    const others = locations(exposedRules(other.model, other.exposure)?.rules ?? []);
    const path = places.find((one) => others.some((another) => one.path.value === another.path.value && one.path.kind === another.path.kind));
    if (hosts.length === 0 || !path) continue;
    report.add('exposure-invalid', 'matches', `"${other.exposure.path}" exposes the ${path.path.kind} path "${path.path.value}" of ${listed(hosts)} too, and the older object would decide`,
      'expose other hosts or paths');
  }
}

/** Shares that pods do not make. */
export function checkSplits(report: Report, { model }: BoundExposure, places: readonly Location[]): void {
  const rules = new Set(places.map(({ rules: [first] }) => first));
  const seen = new Set<string>();
  for (const rule of rules) {
    const { action } = rule;
    if (action.kind === 'redirect' || backend(model, action.split) !== undefined || seen.has(rule.place)) continue;
    seen.add(rule.place);
    const names = receivers(model, action.split).map(({ name }) => name);
    if (names.length === 0) continue;
    report.add('capability-missing', placeOf(rule, 'weights'),
      `an Ingress knows one Service for a path, and no Service has pods of ${listed(names)} in the declared shares (WeightedSplit)`,
      'give one version all the weight, let the numbers of pods decide with `splitByPods`, or use a gateway that shares requests out');
  }
}
