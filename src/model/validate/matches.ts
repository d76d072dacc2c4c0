import { gatewayKey } from '../exposed-rules';
import { oneConditionPerName } from '../match';
import { isReserved } from '../names';
import { listed } from '../nearest';
import { Report } from '../report';
import { Match, PathMatch, RoutingModel } from '../routing-model';
import { StringMatch } from '../string-match';

/** @see https://www.rfc-editor.org/rfc/rfc9110#name-tokens */
const TOKEN = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;

export const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'CONNECT', 'OPTIONS', 'TRACE', 'PATCH'];

export function checkMatch(report: Report, model: RoutingModel, match: Match, place: string): void {
  if (match.method !== undefined && !METHODS.includes(match.method)) {
    report.add('match-invalid', `${place}.method`, `the method is "${match.method}"`, `use one of ${METHODS.join(', ')}`);
  }
  if (match.path) checkPath(report, match.path, `${place}.path`);
  match.headers.forEach((header, index) => {
    const at = `${place}.headers[${index}]`;
    checkHeaderName(report, header.name, at);
    if (header.value.kind !== 'absent') checkString(report, header.value, at);
  });
  match.queryParams.forEach((param, index) => {
    const at = `${place}.queryParams[${index}]`;
    if (param.name === '') report.add('match-invalid', at, 'the name of the query parameter is empty', 'name the parameter');
    if (isReserved(param.name)) report.add('match-invalid', at, `"${param.name}" is a word that JavaScript keeps for itself`, 'use another parameter');
    checkString(report, param.value, at);
  });
  checkSource(report, match, `${place}.source`);
  checkGateway(report, model, match, place);
  checkTogether(report, match, place);
}

export function checkPath(report: Report, path: PathMatch, place: string): void {
  if (path.kind === 'regex') {
    report.regex(place, path.value);
  } else {
    checkLiteralPath(report, path.value, place, 'path-invalid');
  }
}

export function checkLiteralPath(report: Report, path: string, place: string, code: 'path-invalid' | 'rewrite-invalid' | 'redirect-invalid'): void {
  if (!path.startsWith('/')) {
    report.add(code, place, `"${path}" does not start with "/"`, `write "/${path}"`);
  } else if (/[?#\s]/.test(path)) {
    report.add(code, place, `"${path}" holds "?", "#" or a space, which no path has`, 'give the path alone; query parameters have conditions of their own');
  } else if (!/^[\u0021-\u007e]*$/.test(path)) {
    report.add(code, place, `"${path}" holds characters that paths carry encoded`, `write "${encodeURI(path)}"`);
  } else if (/\/\.{0,2}\/|\/\.{1,2}$/.test(path)) {
    report.add(code, place, `"${path}" holds "//", "/./" or "/../", which proxies resolve before they look`, 'write the path that is meant');
  }
}

export function checkHeaderName(report: Report, name: string, place: string): void {
  if (name === '') {
    report.add('header-invalid', place, 'the header name is empty', 'name the header');
  } else if (isReserved(name)) {
    report.add('header-invalid', place, `"${name}" is a word that JavaScript keeps for itself`, 'use another header');
  } else if (!TOKEN.test(name)) {
    report.add('header-invalid', place, `"${name}" is no header name`, 'use letters, digits and "-"');
  }
}

function checkString(report: Report, value: StringMatch, place: string): void {
  if (value.kind === 'regex') {report.regex(place, value.value);} else if (value.kind === 'prefix' && value.value === '') {report.add('match-invalid', place, 'the prefix is empty', 'use `present` for any value');} else if (value.kind === 'exact' && !value.value) {
    report.add('match-invalid', place, 'the value is empty, and proxies differ on empty values', 'give a value, or use `present`');
  }
}

function checkSource(report: Report, match: Match, place: string): void {
  if (!match.source) return;
  const labels = Object.entries(match.source.labels);
  if (labels.length === 0 && match.source.namespace === undefined) {
    report.add('match-invalid', place, 'the source has neither labels nor a namespace', 'give one, or drop the condition');
  }
  for (const [key, value] of labels) {
    report.name(place, key, 'label-key', 'give a valid label key');
    report.name(place, value, 'label-value', 'give a valid label value');
  }
  if (match.source.namespace !== undefined) report.name(place, match.source.namespace, 'dns-1123-label', 'give the name of a namespace');
}

function checkGateway(report: Report, model: RoutingModel, match: Match, place: string): void {
  if (match.gateway === undefined) return;
  const exposed = [...new Set(model.exposures.map(({ gateway }) => gatewayKey(gateway)))];
  if (!exposed.includes(match.gateway)) {
    report.add('gateway-unknown', `${place}.gateway`, `the service is not exposed via the gateway "${match.gateway}", exposures: ${listed(exposed)}`,
      'call `exposeViaGateway` with it, or drop the condition');
  }
  if (match.source) {
    report.add('conditions-contradict', place, 'a request through a gateway comes from the gateway, not from a source in the mesh',
      'use `source` and `gateway` in two matches');
  }
}

function checkTogether(report: Report, match: Match, place: string): void {
  const one = oneConditionPerName(match);
  if (one.kind === 'never') {
    report.add('conditions-contradict', place, `no request can meet ${one.what}`, 'use two matches if either will do');
  } else if (one.kind === 'inexpressible') {
    report.add('conditions-inexpressible', place, `no single condition says ${one.what}`, 'say it with one regular expression, or in a rule of its own');
  }
}
