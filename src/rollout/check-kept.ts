import { Rollout } from './rollout';
import { ServiceDeclaration } from '../declaration/service-declaration';
import { Report } from '../model/report';
import { reportUnknownVersion } from '../model/validate/weights';

const IN_STEP = 'add it with a step, or use `retire: false` and name the version in `deploy` of the first step';

const FOREIGN = 'use `retire: false`, and delete it where it is written after the last stage; or give it with `ExistingDeployment.fromYaml`';

/** Tells of a use of a version that some stage does not have. */
type Use = (version: string, place: string, what: string, remedy: string) => void;

/** What stands outside of the rollout may use only versions that every stage has. `root` is the name of the root Service. */
export function checkKept(report: Report, service: ServiceDeclaration, rollout: Rollout, root: string): void {
  const { stages } = rollout._staged();
  const use: Use = (version, place, what, remedy) => {
    const stage = stages.find(({ running }) => !running.some((name) => rollout._nameOf(name) === version));
    if (!service.versions.some(({ name }) => name === version)) reportUnknownVersion(report, service, place, version);
    else if (stage) report.add('rollout-unfit', place, `${what} "${version}", which has no pods at stage "${stage.name}"`, remedy);
  };
  checkRoutes(service, use);
  if (stages.some(({ traffic }) => !traffic.mirrors)) {
    (service.mirrors ?? []).forEach((mirror, at) => use(mirror._toModel().version, `mirrors[${at}]`, 'requests are copied to', IN_STEP));
  }
  checkSelected(service, root, use);
  checkExisting(report, service, rollout, use);
}

/** A root that is the leaf of a version selects that version: its selector would have to change. */
function checkSelected({ root: adopted, rootSelector, versions }: ServiceDeclaration, root: string, use: Use): void {
  const own = versions.find(({ leafName }) => leafName === root);
  const selected = rootSelector?._version ?? own?.name;
  if (selected === undefined || own?.existing?._ours === false) return;
  use(selected, adopted ? 'root' : 'rootSelector', `the ${adopted ? 'existing' : 'root'} Service selects`,
    adopted ? 'use `retire: false`: the Service keeps its selector, and would have no pods' : 'use `RootSelector.allVersions()`, or `retire: false`');
}

function checkRoutes(service: ServiceDeclaration, use: Use): void {
  (service.routes ?? []).forEach(({ weights = {}, mirrors = [] }, index) => {
    const used = Object.keys(weights).filter((version) => weights[version] > 0);
    for (const version of used) use(version, `routes[${index}].weights.${version}`, 'the route sends to', IN_STEP);
    mirrors.forEach((mirror, at) => use(mirror._toModel().version, `routes[${index}].mirrors[${at}]`, 'the route copies to', IN_STEP));
  });
}

/** Where somebody else writes a Deployment, its pods can be neither counted nor taken away here. */
function checkExisting(report: Report, service: ServiceDeclaration, rollout: Rollout, use: Use): void {
  const { model } = rollout._staged();
  for (const { name, deployment, existing } of service.versions) {
    if (!deployment && (!existing || existing._ours)) continue;
    const place = `versions.${name}.${deployment ? 'deployment' : 'existing'}`;
    if (model.by !== 'pods') use(name, place, 'an existing Deployment is', existing ? FOREIGN : 'use `retire: false`, or declare the version by its image');
    if (model.by === 'pods' || model.capacity._toModel().kind !== 'full') {
      report.add('rollout-unfit', place, 'the rollout sets numbers of pods, and those of an existing Deployment are its own',
        existing && model.by === 'pods' ? 'give it with `ExistingDeployment.fromYaml` or `.fromFile`' : 'use `Capacity.full()`, or declare the version by its image');
    }
  }
}
