import { Construct } from 'constructs';
import { clientGroups, hasConnections, httpRouteGroup, tcpRoute, trafficTarget } from './access';
import { Dialect } from './dialect';
import { splitType, typeOf } from './kinds';
import { conditions } from './route-group';
import { PlannedSplit, plannedSplits } from './splits';
import { trafficSplit } from './traffic-split';
import { hasHttp } from '../../model/protocols';
import { RoutingModel, Version } from '../../model/routing-model';
import { writeFor } from '../mesh-objects';

/** What clients may send comes before who may send it, and both before the shares. */
export function render(scope: Construct, model: RoutingModel, dialect: Dialect): void {
  if (model.clients && model.clients.length > 0) renderAccess(scope, model, dialect);
  plannedSplits(model).forEach((split) => renderSplit(scope, model, dialect, split));
}

/** The conditions of a split come before it, under its name. */
function renderSplit(scope: Construct, model: RoutingModel, dialect: Dialect, split: PlannedSplit): void {
  const name = `${dialect.trafficSplitName ?? model.root.name}${split.suffix}`;
  if (split.matches.length > 0) {
    writeFor(model, scope, { ...typeOf('HTTPRouteGroup'), id: `HTTPRouteGroup${split.suffix}`, name, manifest: () => conditions(split.matches) });
  }
  const manifest = () => trafficSplit(model, split, dialect.splitVersion, name);
  writeFor(model, scope, { ...splitType(dialect.splitVersion), id: `TrafficSplit${split.suffix}`, name, manifest });
}

function renderAccess(scope: Construct, model: RoutingModel, dialect: Dialect): void {
  const names = { routeGroup: dialect.httpRouteGroupName ?? model.root.name, tcpRoute: dialect.tcpRouteName ?? model.root.name };
  if (hasHttp(model)) writeFor(model, scope, { ...typeOf('HTTPRouteGroup'), name: names.routeGroup, manifest: () => httpRouteGroup(model, dialect) });
  if (hasConnections(model)) writeFor(model, scope, { ...typeOf('TCPRoute'), name: names.tcpRoute, manifest: () => tcpRoute(model) });
  const groups = clientGroups(model);
  for (const version of oneForEachAccount(model)) {
    groups.forEach((group, index) => {
      const name = groups.length > 1 ? `${version.leaf}-${index + 1}` : version.leaf;
      const manifest = () => trafficTarget(model, version, group, names);
      writeFor(model, scope, { ...typeOf('TrafficTarget'), id: `TrafficTarget-${name}`, name, manifest }, isShared(model, version) ? undefined : version);
    });
  }
}

function isShared(model: RoutingModel, { serviceAccount }: Version): boolean {
  return model.versions.filter((other) => other.serviceAccount === serviceAccount).length > 1;
}

/** Access goes by account: versions that share one share the target. */
function oneForEachAccount(model: RoutingModel): Version[] {
  return model.versions.filter(({ serviceAccount }, index) => model.versions.findIndex((other) => other.serviceAccount === serviceAccount) === index);
}
