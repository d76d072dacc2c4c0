import { milliseconds } from './duration';
import { Field } from '../../../manifests/field';
import { KubeObject } from '../../../manifests/kube-object';

/** The first reason that one of them gives. */
export function first<T>(things: Iterable<T>, reason: (thing: T) => string | undefined): string | undefined {
  for (const thing of things) {
    const found = reason(thing);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** @see https://github.com/istio/istio/blob/release-1.31/pkg/config/validation/validation.go (validateHTTPRouteDestinations) */
export function destinationsRefusal(place: string, routes: readonly Field[]): string | undefined {
  const wrong = first(routes, (route) => {
    const weight = route.at('weight').integer() ?? 0;
    if (weight < 0) return `${route.place}.weight is below 0`;
    return route.at('destination').exists ? destinationRefusal(route.at('destination')) : `${route.place}.destination is missing`;
  });
  const total = routes.reduce((sum, route) => sum + (route.at('weight').integer() ?? 0), 0);
  return wrong ?? (routes.length > 1 && total === 0 ? `the weights of ${place}.route add up to 0` : undefined);
}

export function destinationRefusal(destination: Field): string | undefined {
  if (!destination.exists) return undefined;
  const host = destination.at('host').text() ?? '';
  if (!isDomain(host)) return `${destination.place}.host is no host: "${host}"`;
  const subset = destination.at('subset').text() ?? '';
  if (subset !== '' && !isLabel(subset)) return `${destination.place}.subset is no name: "${subset}"`;
  const port = destination.at('port');
  return port.exists && !isPort(port.at('number').integer() ?? 0) ? `${port.place} is no port` : undefined;
}

/** @see https://github.com/istio/istio/blob/release-1.31/pkg/config/validation/validation.go (validatePercentage) */
export function percentageRefusal(field: Field): string | undefined {
  const value = field.at('value').number() ?? 0;
  return value !== 0 && (value < 0.0001 || value > 100) ? `${field.place} is neither 0 nor from 0.0001 to 100` : undefined;
}

export function shareRefusal(field: Field): string | undefined {
  const value = field.at('value').number() ?? 0;
  return value < 0 || value > 100 ? `${field.place} is not from 0 to 100` : undefined;
}

export function durationRefusal(field: Field): string | undefined {
  const text = field.text();
  return text === undefined || (milliseconds(text) ?? 0) >= 1 ? undefined : `${field.place} is no duration of 1ms or more: "${text}"`;
}

export function statusRefusal(field: Field): string | undefined {
  const status = field.integer();
  return status !== undefined && (status < 200 || status > 600) ? `${field.place} is not from 200 to 599` : undefined;
}

/** Whether something is said: an empty text, or an empty list, is nothing. */
export function exists({ raw }: Field): boolean {
  return raw !== undefined && raw !== null && raw !== '' && !(Array.isArray(raw) && raw.length === 0);
}

export function isLabel(text: string): boolean {
  return text.length <= 63 && /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/.test(text);
}

/** @see https://github.com/istio/istio/blob/release-1.31/pkg/config/validation/agent/validation.go (ValidateWildcardDomain) */
export function isDomain(text: string): boolean {
  const labels = text.replace(/\.$/, '').split('.');
  const rest = labels[0].startsWith('*') ? labels.slice(1) : labels;
  return text.length <= 255 && /^(\*([-a-zA-Z0-9_]*[a-zA-Z0-9_])?|[^*]*)$/.test(labels[0]) && (labels[0] !== '*' || labels.length > 1)
    && rest.every((label) => label.length <= 63 && /^[a-zA-Z0-9_]([-a-zA-Z0-9_]*[a-zA-Z0-9_])?$/.test(label));
}

export function isPort(number: number): boolean {
  return number >= 1 && number <= 65535;
}

/** A field that has been read and has another type than its schema says. */
export function typeRefusal({ problems }: KubeObject): string | undefined {
  const mistyped = problems.find(({ place }) => /^spec\b/.test(place));
  return mistyped && `${mistyped.place} has to be ${mistyped.expected}`;
}

/** @see https://github.com/istio/istio/blob/release-1.31/pkg/config/validation/validation.go (validateExportTo) */
export function exportRefusal({ spec, namespace }: KubeObject): string | undefined {
  const names = spec.at('exportTo').texts().map((name) => (name === '.' ? namespace : name));
  if (names.includes('~')) return 'spec.exportTo: "~" is for ServiceEntries';
  if (new Set(names).size < names.length) return 'spec.exportTo names a namespace twice';
  return names.includes('*') && names.length > 1 ? 'spec.exportTo has more than "*"' : undefined;
}
