import { Entry } from './reader';
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

/** @param entries what has rules: those of gateways name the gateways that are there */
export function noGateway(name: string, entries: readonly Entry[]): string {
  const known = [...new Set(entries.map(({ from }) => from).filter((from) => from !== 'mesh'))].sort();
  const short = name.split('/')[1];
  const elsewhere = known.filter((one) => one.split('/')[1] === short);
  const close = elsewhere.length > 0 ? elsewhere : [nearest(name, known) ?? []].flat();
  const others = close.length === 0 && known.length > 0 ? `; with rules there are ${known.slice(0, 5).join(', ')}` : '';
  return `there is no gateway ${name}${didYouMean(close)}${others}`;
}

function fullName({ name, namespace }: Service): string {
  return `${name}.${namespace}`;
}

function didYouMean(names: readonly string[]): string {
  return names.length === 0 ? '' : `; did you mean ${names.map((name) => `"${name}"`).join(' or ')}?`;
}
