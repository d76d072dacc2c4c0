import { IConstruct } from 'constructs';
import { rolloutsOf } from './stages';
import { Finding } from '../model/finding';
import { Report } from '../model/report';
import { RoutingModel } from '../model/routing-model';

/** Services of one app by the namespace and label that their pods share. */
const services = new WeakMap<IConstruct, Map<string, RoutingModel[]>>();

const revisions = new WeakMap<IConstruct, number>();

/** A number that changes when a service, a gateway or an exposure joins the app. */
export function revision(app: IConstruct): number {
  return revisions.get(app) ?? 0;
}

/** Says that what the services of an app have to do with each other may have changed. */
export function changed(app: IConstruct): void {
  revisions.set(app, revision(app) + 1);
}

/** Makes a service known to the others of its app. */
export function join(app: IConstruct, model: RoutingModel): void {
  changed(app);
  const ofApp = services.get(app) ?? new Map<string, RoutingModel[]>();
  services.set(app, ofApp);
  for (const key of keysOf(model)) ofApp.set(key, [...(ofApp.get(key) ?? []), model]);
}

/** Services with the same root in the same namespace. */
export function sameRoot(app: IConstruct, model: RoutingModel): RoutingModel[] {
  return others(app, model, rootKey(model));
}

/** What a service and another one of the app take from each other. Of two equal services only the roots are reported. */
export function clashes(app: IConstruct, model: RoutingModel): Finding[] {
  const report = new Report(model.path);
  const twins = sameRoot(app, model);
  for (const { path } of twins) {
    const text = `"${path}" has the root "${model.root.name}" in namespace "${model.namespace}" too`;
    const fight = fighting(app, model.path, path);
    if (fight) report.add('root-duplicate', 'rollout', `${text}, and two rollouts would move it: ${fight}`, 'declare the service once, with one rollout, or give one of them another `name`');
    else report.add('root-duplicate', 'name', text, 'give one of them another `name`');
  }
  for (const other of others(app, model, appKey(model)).filter((found) => !twins.includes(found))) {
    report.add('selector-overlap', 'app', `the pods of "${other.path}" carry ${model.app.key}=${model.app.value} too, so that each of the two selects the pods of both`,
      'give one of them another `app`');
  }
  model.ports.forEach(({ sniHosts }, index) => sniHosts.forEach((host, at) => {
    const [other] = others(app, model, nameKey(host));
    if (other) {
      report.add('port-invalid', `ports[${index}].sniHosts[${at}]`, `the server name "${host}" belongs to "${other.path}" too`, 'give each service names of its own');
    }
  }));
  return report.findings;
}

/** The rollouts of two services, by their stages, unless both have the same. */
function fighting(app: IConstruct, one: string, other: string): string | undefined {
  const [own, twin] = [one, other].map((path) => rolloutsOf(app).get(path));
  if (!own || !twin || own.identity === twin.identity) return undefined;
  return `${own.stages.join(', ')} here, ${twin.stages.join(', ')} there`;
}

function others(app: IConstruct, model: RoutingModel, key: string): RoutingModel[] {
  return (services.get(app)?.get(key) ?? []).filter((found) => found !== model);
}

function keysOf(model: RoutingModel): string[] {
  return [rootKey(model), appKey(model), nameKey(model.root.host), ...model.ports.flatMap(({ sniHosts }) => sniHosts.map(nameKey))];
}

function nameKey(host: string): string {
  return `name ${host}`;
}

function rootKey({ namespace, root }: RoutingModel): string {
  return `root ${namespace}/${root.name}`;
}

function appKey({ namespace, app }: RoutingModel): string {
  return `app ${namespace}/${app.key}=${app.value}`;
}
