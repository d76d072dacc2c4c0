import { ExistingPods } from './existing-pods';
import { RootSelector } from './root-selector';
import { ServiceDeclaration } from './service-declaration';
import { VersionProps } from './version';
import { selects } from '../model/selector';

type Labels = Readonly<Record<string, string>>;

/** How a mesh gets at the pods of a version. */
export interface Reach {
  /** It needs the pods of every version behind the root. */
  readonly rootSelectsAll: boolean;
  /** It can do without that for versions beside an existing root, and send to their leaves. */
  readonly leaves: boolean;
}

/**
 * What a service is that takes over objects, with the names and labels that follow from them: the same at every stage of a rollout, so that they are
 * chosen before it. What cannot be read, or does not fit, is found later.
 *
 * @param name name of the root if no Service is taken over
 */
export function adopt(declaration: ServiceDeclaration, name: string, { rootSelectsAll, leaves }: Reach): Named {
  const root = declaration.root?._read();
  if (!root) return { ...declaration, name: declaration.name ?? name };
  const selector = root.selector ?? {};
  const rootSelector = declaration.rootSelector ?? RootSelector.labels({ ...selector });
  const named = { ...declaration, name: declaration.name ?? root.name, rootSelector };
  const behind = behindRoot(named, selector);
  return rootSelectsAll && (!leaves || fits(behind, selector)) ? behind : besideRoot(named, selector);
}

type Named = ServiceDeclaration & { readonly name: string };

/** New pods carry what the root selects. */
function behindRoot(declaration: Named, selector: Labels): Named {
  const app = declaration.app ?? selector[declaration.appLabelKey ?? 'app'];
  const own = [declaration.appLabelKey ?? 'app', declaration.versionLabelKey ?? 'version'];
  const added = Object.fromEntries(Object.entries(selector).filter(([key]) => !own.includes(key)));
  if (Object.keys(added).length === 0) return { ...declaration, app };
  const versions = declaration.versions.map((version) => (isNew(version) ? { ...version, podLabels: { ...added, ...version.podLabels } } : version));
  return { ...declaration, app, versions };
}

/** The root goes on with the pods that it has, as their leaf; new pods stand beside it. */
function besideRoot(declaration: Named, selector: Labels): Named {
  const app = declaration.app ?? freeApp(declaration, selector);
  const behind = declaration.versions.filter(({ existing }) => isBehind(selector, existing?._read()));
  if (behind.length !== 1) return { ...declaration, app };
  const leafName = behind[0].leafName ?? declaration.name;
  const versions = declaration.versions.map((version) => (version === behind[0] ? { ...version, leafName } : version));
  return { ...declaration, app, versions };
}

function freeApp(declaration: Named, selector: Labels): string | undefined {
  const taken = declaration.versions.filter(isNew).some((version) => selectsLabels(selector, labelsOf(version, declaration)));
  return taken ? `${declaration.name}-next` : undefined;
}

/** Whether the root takes each new version, and no existing Deployment does. */
function fits(declaration: Named, selector: Labels): boolean {
  const taken = declaration.versions.flatMap(({ existing }) => existing?._read()?.selector ?? []);
  const labels = declaration.versions.filter(isNew).map((version) => labelsOf(version, declaration));
  return labels.every((own) => selectsLabels(selector, own) && !taken.some((one) => selects(one, own)));
}

function labelsOf(version: VersionProps, { name, app, appLabelKey = 'app', versionLabelKey = 'version' }: Named): Labels {
  return { ...version.podLabels, [appLabelKey]: app ?? name, [versionLabelKey]: version.versionLabel ?? version.name };
}

function isNew({ existing, deployment }: VersionProps): boolean {
  return !existing && !deployment;
}

function isBehind(selector: Labels, pods: ExistingPods | undefined): boolean {
  return pods !== undefined && selectsLabels(selector, pods.podLabels);
}

function selectsLabels(selector: Labels, labels: Labels): boolean {
  return selects({ labels: selector, expressions: [] }, labels);
}
