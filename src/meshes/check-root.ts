import { MeshDriver } from './mesh-driver';
import { Finding } from '../model/finding';
import { listed } from '../model/nearest';
import { PlainShare, plainShares } from '../model/plain-clients';
import { Report } from '../model/report';
import { versionsLeftOut } from '../model/root-coverage';
import { RoutingModel } from '../model/routing-model';
import { Fraction } from '../model/weights';

/** What the pods behind the root Service mean for the mesh, and for clients that are not part of it. */
export function checkRoot(model: RoutingModel, driver: MeshDriver): Finding[] {
  const report = new Report(model.path);
  if (model.root.existing) checkExisting(report, model, driver);
  else checkCoverage(report, model, driver);
  if (driver.bypassable && !model.clients) checkPlainClients(report, model, driver);
  return report.findings;
}

function checkCoverage(report: Report, model: RoutingModel, { rootSelectsAll }: MeshDriver): void {
  const left = versionsLeftOut(model);
  if (rootSelectsAll === undefined || left.length === 0) return;
  report.add('root-selector-unfit', 'rootSelector', `${rootSelectsAll}, whose selector leaves out ${listed(left.map(({ name }) => name))}`,
    'use `RootSelector.allVersions()`');
}

/** What is only named is not written, so that nothing can be put on it. Which pods are behind it was checked with their labels. */
function checkExisting(report: Report, model: RoutingModel, { rootMetadata }: MeshDriver): void {
  const { labels = {}, annotations = {} } = rootMetadata?.(model) ?? {};
  const needed = Object.entries({ ...labels, ...annotations }).map(([key, value]) => `${key}=${value}`);
  if (model.root.existing !== 'named' || needed.length === 0) return;
  report.add('adoption-invalid', 'root', `the mesh needs ${listed(needed)} on the Service "${model.root.name}", which is only named`,
    'give it with `ExistingService.fromYaml` or `.fromConstruct`');
}

function checkPlainClients(report: Report, model: RoutingModel, driver: MeshDriver): void {
  const shares = plainShares(model);
  if (shares.length === 0) return;
  const text = (of: keyof PlainShare & ('share' | 'declared')) => shares.map((share) => `"${share.version}" ${asText(share[of])}`).join(', ');
  report.warn('plain-clients-bypass', 'rootSelector',
    `clients without a proxy share the pods behind the root Service: ${text('share')}, where the weights say ${text('declared')}`, remedy(model, driver));
}

function remedy(model: RoutingModel, { capabilities, rootSelectsAll }: MeshDriver): string {
  const isLeaf = model.versions.some(({ leaf }) => leaf === model.root.name);
  if (rootSelectsAll === undefined && !isLeaf) return 'choose one for them with `RootSelector.version`, or none with `RootSelector.none()`';
  if (capabilities.has('ServiceAccountAccess')) return 'name the callers in `allowFrom`, which keeps such clients out, or accept it if there are none';
  return 'bring these clients into the mesh, or accept it if there are none';
}

function asText({ numerator, denominator }: Fraction): string {
  return denominator === 1 ? `${numerator}` : `${numerator}/${denominator}`;
}
