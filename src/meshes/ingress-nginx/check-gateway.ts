import { NAME, PREFIX } from './name';
import { planExposure } from './plan';
import { exposedRules } from '../../model/exposed-rules';
import { Finding } from '../../model/finding';
import { Report } from '../../model/report';
import { placeOf } from '../../model/validate/place';
import { backend } from '../plain-ingress/backend';
import { BoundExposure, earlierThan } from '../plain-ingress/exposures';
import { locations } from '../plain-ingress/locations';

/** Annotations that say what the declaration says, or change what it means. */
const DECLARED: readonly { readonly fits: RegExp; readonly remedy: string }[] = [
  { fits: /^canary(-|$)/, remedy: 'declare `weights` and `routes` of the service' },
  { fits: /^backend-protocol$/, remedy: 'give the port of the service its `protocol`' },
  { fits: /^ssl-redirect$/, remedy: 'use `httpsRedirect`' },
  { fits: /^(use-regex|rewrite-target)$/, remedy: 'leave it out: with it, every path of the host is a regular expression without regard to upper and lower case' },
];

export function checkAnnotations(path: string, annotations: Readonly<Record<string, string>> = {}): Finding[] {
  const report = new Report(path);
  for (const key of Object.keys(annotations)) {
    const known = key.startsWith(`${PREFIX}/`) ? DECLARED.find(({ fits }) => fits.test(key.slice(PREFIX.length + 1))) : undefined;
    if (known) report.add('gateway-invalid', `annotations.${key}`, 'what is declared decides about this annotation', known.remedy);
  }
  return report.findings;
}

/** What a primary Ingress and one canary cannot keep of an exposure. */
export function checkCanary(bound: BoundExposure, onClass: readonly BoundExposure[]): Finding[] {
  const { model, exposure } = bound;
  const report = new Report(exposure.path);
  report.name('name', `${exposure.name}-primary`, 'dns-1123-subdomain', 'give the exposure a shorter `name`');
  const { paths, refusals } = planExposure(model, exposure);
  for (const { code, place, message, remedy } of refusals) report.add(code, place, message, remedy);
  for (const { value } of paths.map(({ path }) => path)) checkPath(report, value);
  checkLeaks(report, bound, onClass);
  checkWebhook(report, bound, onClass);
  return report.findings;
}

/** @see https://github.com/kubernetes/ingress-nginx/blob/controller-v1.15.1/internal/ingress/inspector/rules.go (validPathType, on by default) */
function checkPath(report: Report, path: string): void {
  if (/^\/[a-zA-Z0-9._\-/]*$/.test(path)) return;
  report.add('path-invalid', 'matches', `ingress-nginx refuses the path "${path}"`, 'use letters, digits and "-", "_", ".", "/"');
}

/** A Service that gets requests, with the canary that it has or is. */
interface Use {
  readonly service: string;
  readonly role: string;
  readonly place: string;
  readonly path: string;
  readonly exposure: string;
}

/**
 * A canary hangs on the Service and port that it is the canary of, not on a path: all requests for that Service go by it.
 * @see https://github.com/kubernetes/ingress-nginx/blob/controller-v1.15.1/internal/ingress/controller/controller.go (mergeAlternativeBackends)
 */
function checkLeaks(report: Report, bound: BoundExposure, onClass: readonly BoundExposure[]): void {
  const own = usesOf(bound);
  const all = [...earlierThan(bound, onClass).flatMap(usesOf), ...own];
  const found = own.flatMap((use) => {
    const other = all.slice(0, all.indexOf(use)).find(({ service, role }) => service === use.service && role !== use.role);
    return other ? [{ use, other }] : [];
  });
  found.filter(({ use }, index) => found.findIndex((one) => one.use.path === use.path) === index).forEach(({ use, other }) => {
    const where = other.exposure === use.exposure ? '' : ` of "${other.exposure}"`;
    report.add('capability-missing', use.place, `ingress-nginx has one canary for a Service, whatever the path, and the rules for the path "${use.path}" differ from those for the path "${other.path}"${where}`,
      'declare the same rules for both, or use a gateway that keeps them apart');
  });
}

function usesOf({ model, exposure }: BoundExposure): Use[] {
  if (exposure.gateway.system !== NAME) return plainUses({ model, exposure });
  const { port, paths } = planExposure(model, exposure);
  return paths.flatMap(({ path, rule, service, canary }) => (canary ? [canary.stable, canary.canary] : [service]).map((name) => ({
    service: `${model.namespace}/${name}:${port?.number}`,
    role: JSON.stringify(canary ?? 'alone'),
    place: placeOf(rule, 'weights'),
    path: path.value,
    exposure: exposure.path,
  })));
}

/** A plain Ingress of the same class: the same controller serves it. */
function plainUses({ model, exposure }: BoundExposure): Use[] {
  const exposed = exposedRules(model, exposure);
  return locations(exposed?.rules ?? []).flatMap(({ path, rules: [{ action }] }) => {
    const service = action.kind === 'forward' ? backend(model, action.split) : undefined;
    return service === undefined ? [] : [{
      service: `${model.namespace}/${service}:${exposed?.port.number}`, role: JSON.stringify('alone'), place: 'gateway', path: path.value, exposure: exposure.path,
    }];
  });
}

/** The admission webhook takes two Ingresses with one host and path for a clash, whatever the type of the path: checkOverlap in the same file. */
function checkWebhook(report: Report, bound: BoundExposure, onClass: readonly BoundExposure[]): void {
  const pathsOf = ({ model, exposure }: BoundExposure) => locations(exposedRules(model, exposure)?.rules ?? []).map(({ path }) => path);
  for (const other of earlierThan(bound, onClass).filter(({ exposure }) => exposure.hosts.some((host) => bound.exposure.hosts.includes(host)))) {
    const clash = pathsOf(bound).find(({ kind, value }) => pathsOf(other).some((path) => path.value === value && path.kind !== kind));
    if (clash) {
      report.add('exposure-invalid', 'matches', `"${other.exposure.path}" exposes the path "${clash.value}" of the same host, and ingress-nginx refuses it twice, as prefix and as exact path`,
        'expose both in one exposure, or other paths');
    }
  }
}
