import { Rollout } from './rollout';
import { ServiceDeclaration } from '../declaration/service-declaration';
import { Report } from '../model/report';

const IN_STEP = 'add it with a step, or use `retire: false` and name the version in `deploy` of the first step';

/** Tells of a use of a version that some stage does not have. */
type Use = (version: string, place: string, what: string, remedy: string) => void;

/** What stands outside of the rollout may use only versions that every stage has. `root` is the name of the root Service. */
export function checkKept(report: Report, service: ServiceDeclaration, rollout: Rollout, root: string): void {
  const { stages } = rollout._staged();
  const use: Use = (version, place, what, remedy) => {
    const declared = service.versions.some(({ name }) => name === version);
    const stage = stages.find(({ running }) => !running.some((name) => rollout._nameOf(name) === version));
    if (declared && stage) report.add('rollout-unfit', place, `${what} "${version}", which has no pods at stage "${stage.name}"`, remedy);
  };
  checkRoutes(service, use);
  if (stages.some(({ traffic }) => !traffic.mirrors)) {
    (service.mirrors ?? []).forEach((mirror, at) => use(mirror._toModel().version, `mirrors[${at}]`, 'requests are copied to', IN_STEP));
  }
  // A root that is the leaf of a version selects that version: its selector would have to change.
  const selected = service.rootSelector?._version ?? service.versions.find(({ leafName, existing }) => leafName === root && !existing)?.name;
  if (selected !== undefined) use(selected, 'rootSelector', 'the root Service selects', 'use `RootSelector.allVersions()`, or `retire: false`');
  checkExisting(report, service, rollout, use);
}

function checkRoutes(service: ServiceDeclaration, use: Use): void {
  (service.routes ?? []).forEach(({ weights = {}, mirrors = [] }, index) => {
    const used = Object.keys(weights).filter((version) => weights[version] > 0);
    for (const version of used) use(version, `routes[${index}].weights.${version}`, 'the route sends to', IN_STEP);
    mirrors.forEach((mirror, at) => use(mirror._toModel().version, `routes[${index}].mirrors[${at}]`, 'the route copies to', IN_STEP));
  });
}

/** The pods of an existing Deployment are its own: they can be neither counted nor taken away. */
function checkExisting(report: Report, service: ServiceDeclaration, rollout: Rollout, use: Use): void {
  const { model } = rollout._staged();
  for (const { name, deployment, existing } of service.versions) {
    if (!deployment && !existing) continue;
    const place = `versions.${name}.${deployment ? 'deployment' : 'existing'}`;
    use(name, place, 'an existing Deployment is', 'use `retire: false`, or declare the version by its image');
    if (model.by === 'pods' || model.capacity._toModel().kind !== 'full') {
      report.add('rollout-unfit', place, 'the rollout sets numbers of pods, and those of an existing Deployment are its own',
        'use `Capacity.full()`, or declare the version by its image');
    }
  }
}
