import { Service } from '../manifests/service';
import { nearest } from '../model/nearest';

/** A host is most often misspelt, or lacks its namespace: the nearest Service says which of both. */
export function noService(host: string, services: readonly Service[]): string {
  const name = host.split('.')[0].toLowerCase();
  const elsewhere = services.filter((service) => service.name === name).map(fullName);
  const close = elsewhere.length > 0 ? elsewhere : [nearest(host, services.map(host.includes('.') ? fullName : ({ name: short }) => short)) ?? []].flat();
  return `no Service is called "${host}"${didYouMean(close.slice(0, 3))}`;
}

export function noPort({ object, ports }: Service, port: number): string {
  return `${object.title} has no port ${port}${ports.length > 0 ? `, but ${ports.map(({ number }) => number).join(', ')}` : ''}`;
}

/**
 * @param name `namespace/name`, or a name without the namespace
 * @param known names of the gateways that are there, with their namespaces
 */
export function noGateway(name: string, known: readonly string[]): string {
  const short = shortName(name);
  const elsewhere = known.filter((one) => shortName(one) === short);
  const likely = nearest(name, name === short ? known.map(shortName) : known);
  const close = elsewhere.length > 0 ? elsewhere : known.filter((one) => one === likely || shortName(one) === likely);
  const others = close.length === 0 && known.length > 0 ? `; there are ${known.slice(0, 5).join(', ')}` : '';
  return `there is no gateway ${name}${didYouMean(close)}${others}`;
}

function shortName(gateway: string): string {
  return gateway.split('/').at(-1)!;
}

function fullName({ name, namespace }: Service): string {
  return `${name}.${namespace}`;
}

function didYouMean(names: readonly string[]): string {
  return names.length === 0 ? '' : `; did you mean ${names.map((name) => `"${name}"`).join(' or ')}?`;
}
