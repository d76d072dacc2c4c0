import { Fault } from './fault';
import { HeaderChanges } from './header-changes';
import { matchModel } from './match-to-model';
import { Redirect } from './redirect';
import { Rewrite } from './rewrite';
import { RouteProps } from './route';
import { ServiceDeclaration } from './service-declaration';
import { carriesHttp, rulesForPort, takesEverything } from '../model/protocols';
import { Report } from '../model/report';
import { Forward, HeaderChanges as ChangesModel, PathRewrite, Port, Redirect as RedirectModel, Rule, Split } from '../model/routing-model';

/** The rules of a declaration, in the order in which they are tried. What stands on the service itself is the last one, if anything is left for it. */
export function ruleModels(report: Report, declaration: ServiceDeclaration, ports: readonly Port[]): Rule[] {
  const split = serviceSplit(declaration);
  const routes = (declaration.routes ?? []).map((route, index) => routeModel(report, route, `routes[${index}]`, declaration, split));
  const open = ports.filter((port) => !rulesForPort(routes, port).some(takesEverything));
  checkLost(report, declaration, ports, open);
  return ports.length > 0 && open.length === 0 ? routes : [...routes, ownRule(report, declaration, split)];
}

/** Settings of the service itself for which the routes leave no request, on any port that they are for. */
function checkLost(report: Report, declaration: ServiceDeclaration, ports: readonly Port[], open: readonly Port[]): void {
  const settings = ['weights', 'splitByPods', 'fault', 'mirrors', 'requestHeaders', 'responseHeaders', 'rewrite'] as const;
  const inherited = (declaration.routes ?? []).some(({ weights, redirect }) => !weights && !redirect);
  for (const setting of settings.filter((candidate) => declaration[candidate] !== undefined && declaration[candidate] !== false)) {
    const ofHttp = setting !== 'weights' && setting !== 'splitByPods';
    if (!ofHttp && inherited) continue;
    const concerned = ports.filter(({ protocol }) => !ofHttp || carriesHttp(protocol));
    if (concerned.length > 0 && !concerned.some((port) => open.includes(port))) {
      report.add('rule-unreachable', setting, 'the routes take every request, and leave none for what stands on the service itself', 'set it on the routes, or drop it');
    }
  }
}

/** What stands on the service itself is its last rule. */
function ownRule(report: Report, declaration: ServiceDeclaration, split: Split): Rule {
  const own: RouteProps = {
    fault: declaration.fault,
    mirrors: declaration.mirrors,
    requestHeaders: declaration.requestHeaders,
    responseHeaders: declaration.responseHeaders,
    rewrite: declaration.rewrite,
  };
  return routeModel(report, own, 'weights', declaration, split);
}

function serviceSplit(declaration: ServiceDeclaration): Split {
  if (declaration.splitByPods) return { kind: 'endpoints' };
  if (declaration.weights) return weightsSplit(declaration.weights);
  return declaration.versions.length === 1 ? weightsSplit({ [declaration.versions[0].name]: 1 }) : weightsSplit({});
}

function weightsSplit(weights: { [version: string]: number }): Split {
  return { kind: 'weights', weights: new Map(Object.entries(weights)) };
}

function routeModel(report: Report, route: RouteProps, place: string, declaration: ServiceDeclaration, split: Split): Rule {
  checkOnce(report, place, 'fault', 'fault-invalid', route.fault);
  checkOnce(report, place, 'rewrite', 'rewrite-invalid', route.rewrite);
  return {
    place,
    name: route.name,
    port: route.port,
    matches: (route.matches ?? []).map((match, index) => matchModel(report, match, `${place}.matches[${index}]`)),
    action: route.redirect ? redirectModel(report, route, route.redirect, place) : forwardModel(route, declaration, split),
    fault: route.fault?._toModel(),
    requestHeaders: route.requestHeaders && changesModel(route.requestHeaders),
    responseHeaders: route.responseHeaders && changesModel(route.responseHeaders),
    inherited: (['weights', 'timeout', 'retries'] as const).filter((part) => route[part] === undefined),
  };
}

function checkOnce(report: Report, place: string, part: string, code: 'fault-invalid' | 'rewrite-invalid', combined: Fault | Rewrite | undefined): void {
  const problem = combined?._problem();
  if (problem) report.add(code, place === 'weights' ? part : `${place}.${part}`, problem, 'drop one of the two');
}

function forwardModel(route: RouteProps, declaration: ServiceDeclaration, split: Split): Forward {
  const timeout = route.timeout ?? declaration.timeout;
  return {
    kind: 'forward',
    split: route.weights ? weightsSplit(route.weights) : split,
    rewrite: route.rewrite?._toModel(),
    mirrors: (route.mirrors ?? []).map((mirror) => mirror._toModel()),
    timeout: timeout?.toMilliseconds({ integral: false }),
    retries: (route.retries ?? declaration.retries)?._toModel(),
  };
}

function redirectModel(report: Report, route: RouteProps, redirect: Redirect, place: string): RedirectModel {
  for (const part of ['weights', 'mirrors', 'rewrite', 'requestHeaders', 'timeout', 'retries'] as const) {
    if (route[part] !== undefined) {
      report.add('redirect-mixed', `${place}.${part}`, 'a redirect forwards nothing, so that this would be lost', 'use two routes, or drop one of them');
    }
  }
  if (redirect.path !== undefined && redirect.prefix !== undefined) {
    report.add('redirect-invalid', `${place}.redirect`, 'both the full path and the prefix are to be replaced', 'give `path` or `prefix`');
  }
  return { kind: 'redirect', scheme: redirect.scheme, hostname: redirect.hostname, port: redirect.port, path: redirectPath(redirect), statusCode: redirect.statusCode ?? 302 };
}

function redirectPath({ path, prefix }: Redirect): PathRewrite | undefined {
  if (path !== undefined) return { kind: 'full', value: path };
  return prefix === undefined ? undefined : { kind: 'prefix', value: prefix };
}

function changesModel(changes: HeaderChanges): ChangesModel {
  return { set: changes.set ?? {}, add: changes.add ?? {}, remove: changes.remove ?? [] };
}
