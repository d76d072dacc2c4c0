import { Duration } from 'cdk8s';
import { listed } from '../model/nearest';
import { Report } from '../model/report';

/** What a value belongs to. */
export type ValueCode = 'analysis-invalid' | 'controller-invalid';

const MAX_SECONDS = 2 ** 31 - 1;

/** Scheme, host, perhaps a port, and what follows, as Go's `net/url` takes it apart. */
const URL = /^[a-z]+:\/\/([^\s/?#@]*@)?(\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9._-]+)(:[0-9]+)?([/?#]\S*)?$/;

/** Controllers count whole seconds. */
export function checkSeconds(report: Report, code: ValueCode, place: string, duration: Duration | undefined, least = 1): void {
  const seconds = duration?.toSeconds({ integral: false });
  if (seconds === undefined || (Number.isInteger(seconds) && seconds >= least && seconds <= MAX_SECONDS)) return;
  report.add(code, place, `the duration is ${seconds} s`, `give whole seconds, from ${least} to ${MAX_SECONDS}`);
}

export function checkUrl(report: Report, place: string, url: string | undefined, schemes: readonly string[] = ['http', 'https']): void {
  if (url === undefined || (URL.test(url) && schemes.includes(url.split(':')[0]))) return;
  report.add('analysis-invalid', place, `"${url}" is no URL`, `begin with one of ${listed(schemes.map((scheme) => `${scheme}://`))}, and name a host`);
}

/** Messages of a controller tell things of one kind apart by their names. */
export function checkNames(report: Report, place: string, names: readonly string[]): void {
  names.forEach((name, index) => {
    const at = `${place}[${index}].name`;
    if (name.trim() === '') report.add('analysis-invalid', at, 'the name is empty', 'give it a name');
    else if (names.indexOf(name) < index) report.add('analysis-invalid', at, `another one is named "${name}" too`, 'give each a name of its own');
  });
}
