import { Fault } from './fault';
import { HeaderChanges } from './header-changes';
import { matchModel } from './match-to-model';
import { Redirect } from './redirect';
import { Rewrite } from './rewrite';
import { RouteProps } from './route';
import { ServiceDeclaration } from './service-declaration';
import { RulePlaces, StagedDeclaration, StagedRoute } from './staged-route';
import { carriesHttp, rulesForPort, takesEverything } from '../model/protocols';
import { Report } from '../model/report';
import { Forward, HeaderChanges as ChangesModel, PathRewrite, Places, Port, Redirect as RedirectModel, Rule, Split } from '../model/routing-model';
import { partPlace, placeOf } from '../model/validate/place';

/** The rules of a declaration, in the order in which they are tried. What stands on the service itself is the last one, if anything is left for it. */
export function ruleModels(report: Report, declaration: StagedDeclaration, ports: readonly Port[]): Rule[] {
  const split = serviceSplit(declaration);
  const routes = (declaration.routes ?? []).map((route, index) => routeModel(report, route, placesOf(route, index, declaration), declaration, split));
  const open = ports.filter((port) => !rulesForPort(routes, port).some(takesEverything));
  checkLost(report, declaration, ports, open);
  return ports.length > 0 && open.length === 0 ? routes : [...routes, ownRule(report, declaration, split)];
}

/** Settings of the service itself for which the routes leave no request, on any port that they are for. */
function checkLost(report: Report, declaration: StagedDeclaration, ports: readonly Port[], open: readonly Port[]): void {
  const settings = ['weights', 'splitByPods', 'fault', 'mirrors', 'requestHeaders', 'responseHeaders', 'rewrite'] as const;
  const inherited = (declaration.routes ?? []).some(({ weights, redirect }) => !weights && !redirect);
  for (const setting of settings.filter((candidate) => declaration[candidate] !== undefined && declaration[candidate] !== false)) {
    const ofHttp = setting !== 'weights' && setting !== 'splitByPods';
    if (!ofHttp && inherited) continue;
    const concerned = ports.filter(({ protocol }) => !ofHttp || carriesHttp(protocol));
    if (concerned.length > 0 && !concerned.some((port) => open.includes(port))) {
      report.add('rule-unreachable', partPlace(declaration.places ?? {}, setting) ?? setting, 'the routes take every request, and leave none for what stands on the service itself', 'set it on the routes, or drop it');
    }
  }
}

/** What stands on the service itself is its last rule. */
function ownRule(report: Report, declaration: StagedDeclaration, split: Split): Rule {
  const own: RouteProps = {
    fault: declaration.fault,
    mirrors: declaration.mirrors,
    requestHeaders: declaration.requestHeaders,
    responseHeaders: declaration.responseHeaders,
    rewrite: declaration.rewrite,
  };
  return routeModel(report, own, { place: 'weights', places: declaration.places }, declaration, split);
}

/** Weights that the route leaves to the service are where the service has them from. */
function placesOf({ weights, declaredAt }: StagedRoute, index: number, declaration: StagedDeclaration): RulePlaces {
  const { place, places } = declaredAt ?? { place: `routes[${index}]` };
  return { place, places: weights ? places : { ...weightPlaces(declaration.places), ...places } };
}

function weightPlaces(places: Places = {}): Places {
  return Object.fromEntries(Object.entries(places).filter(([part]) => /^(?:weights|splitByPods)\b/.test(part)));
}

function serviceSplit(declaration: ServiceDeclaration): Split {
  if (declaration.splitByPods) return { kind: 'endpoints' };
  if (declaration.weights) return weightsSplit(declaration.weights);
  return declaration.versions.length === 1 ? weightsSplit({ [declaration.versions[0].name]: 1 }) : weightsSplit({});
}

function weightsSplit(weights: { [version: string]: number }): Split {
  return { kind: 'weights', weights: new Map(Object.entries(weights)) };
}

function routeModel(report: Report, route: RouteProps, { place, places }: RulePlaces, declaration: ServiceDeclaration, split: Split): Rule {
  const inherited = [...(['weights', 'timeout', 'retries'] as const).filter((part) => route[part] === undefined), ...(route.weights ? [] : ['splitByPods'])];
  const at = (part: string) => placeOf({ place, places, inherited }, part);
  checkOnce(report, at('fault'), 'fault-invalid', route.fault);
  checkOnce(report, at('rewrite'), 'rewrite-invalid', route.rewrite);
  return {
    place,
    places,
    name: route.name,
    port: route.port,
    matches: (route.matches ?? []).map((match, index) => matchModel(report, match, at(`matches[${index}]`))),
    action: route.redirect ? redirectModel(report, route, route.redirect, at) : forwardModel(route, declaration, split),
    fault: route.fault?._toModel(),
    requestHeaders: route.requestHeaders && changesModel(route.requestHeaders),
    responseHeaders: route.responseHeaders && changesModel(route.responseHeaders),
    inherited,
  };
}

function checkOnce(report: Report, place: string, code: 'fault-invalid' | 'rewrite-invalid', combined: Fault | Rewrite | undefined): void {
  const problem = combined?._problem();
  if (problem) report.add(code, place, problem, 'drop one of the two');
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

function redirectModel(report: Report, route: RouteProps, redirect: Redirect, at: (part: string) => string): RedirectModel {
  for (const part of ['weights', 'mirrors', 'rewrite', 'requestHeaders', 'timeout', 'retries'] as const) {
    if (route[part] !== undefined) {
      report.add('redirect-mixed', at(part), 'a redirect forwards nothing, so that this would be lost', 'use two routes, or drop one of them');
    }
  }
  if (redirect.path !== undefined && redirect.prefix !== undefined) {
    report.add('redirect-invalid', at('redirect'), 'both the full path and the prefix are to be replaced', 'give `path` or `prefix`');
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
