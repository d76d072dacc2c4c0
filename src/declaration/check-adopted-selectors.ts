import { ExistingPods } from './existing-pods';
import { Report } from '../model/report';
import { RoutingModel, Version } from '../model/routing-model';
import { Selector, selects } from '../model/selector';

/** A version whose Deployment is there already. */
export interface Adopted {
  readonly pods: ExistingPods;
  readonly version: Version;
  readonly place: string;
}

export interface SelectorSurroundings {
  readonly model: RoutingModel;
  /** Whether the root Service is there already, too. */
  readonly adoptsRoot: boolean;
  /** Why the mesh needs the pods of every version behind the root, if it does. */
  readonly rootSelectsAll?: string;
}

/** Selectors stay. So each pod has to be where it belongs by the labels that it has, or that new pods can be given. */
export function checkSelectors(report: Report, adopted: readonly Adopted[], around: SelectorSurroundings): void {
  const { model, adoptsRoot, rootSelectsAll } = around;
  const asks: Selector = { labels: model.root.selector, expressions: [] };
  const others = model.versions.filter(({ existing }) => !existing);
  for (const { pods, version, place } of adopted) {
    const both = `the Service "${model.root.name}" selects ${selectorText(asks)}, and the Deployment "${pods.name}" selects ${selectorText(pods.selector)}`;
    const behind = selects(asks, pods.podLabels);
    if (!behind && (rootSelectsAll !== undefined || (adoptsRoot && adopted.length === 1))) {
      report.add('adoption-selectors', place, `${both}: its pods are not behind the Service`,
        adoptsRoot ? 'give a Deployment whose pods are' : `use an \`appLabelKey\` and \`app\` of ${labelsText(pods.podLabels)}`);
    }
    for (const other of others) checkNewcomer(report, { pods, place, version, both, behind, asks, other }, around);
    for (const twin of adopted.filter((one) => one.version !== version && selects(pods.selector, one.pods.podLabels))) {
      report.add('adoption-selectors', place, `the Deployment "${pods.name}" selects ${selectorText(pods.selector)}, and with it the pods of "${twin.version.name}", whose Deployment selects ${selectorText(twin.pods.selector)}`,
        'run one of them from a Deployment whose selector tells the two apart');
    }
  }
}

/** A version that is not there yet, beside one that is. */
interface Newcomer extends Adopted {
  /** Both selectors, as text. */
  readonly both: string;
  /** Whether the old pods are behind the Service. */
  readonly behind: boolean;
  /** What the Service selects. */
  readonly asks: Selector;
  readonly other: Version;
}

/** A new version stands behind the Service where the mesh needs that, else beside it, and never in the selector of the Deployment. */
function checkNewcomer(report: Report, newcomer: Newcomer, { model, rootSelectsAll }: SelectorSurroundings): void {
  const { both, behind, asks, pods, version, place, other } = newcomer;
  const carried = `${both}, and the pods of "${other.name}" carry ${labelsText(other.podLabels)}`;
  const inRoot = selects(asks, other.podLabels);
  if (selects(pods.selector, other.podLabels) || selects({ labels: version.identity, expressions: [] }, other.podLabels)) {
    const forced = inRoot && rootSelectsAll !== undefined && behind;
    report.add('adoption-selectors', place, `${carried}, so that the Deployment selects them too${forced ? `, and ${rootSelectsAll}` : ''}`,
      forced ? 'run its pods from a Deployment that selects one more label first'
        : 'give the service another `app`, or drop the label from `podLabels`');
  } else if (selects(other.selector, pods.podLabels)) {
    report.add('adoption-selectors', place, `the pods of "${version.name}" carry ${labelsText(pods.podLabels)}, and the Deployment "${other.deployment}" would select ${selectorText(other.selector)}`,
      `give "${other.name}" another \`versionLabel\``);
  } else if (rootSelectsAll !== undefined && !inRoot && behind) {
    report.add('adoption-selectors', place, `${carried}, so that the Service leaves them out, and ${rootSelectsAll}`, 'use an `appLabelKey` and `versionLabelKey` whose values may differ from those');
  } else if (version.leaf === model.root.name && inRoot) {
    report.add('adoption-selectors', place, `${carried}, so that the Service takes them too, whatever the weights`, 'give the service another `app`');
  }
}

export function selectorText({ labels, expressions }: Selector): string {
  return [labelsText(labels), ...expressions.map(({ key, operator, values }) => `${key} ${operator} (${values.join(', ')})`)].filter((part) => part !== '').join(', ');
}

export function labelsText(labels: Readonly<Record<string, string>>): string {
  return Object.entries(labels).map(([key, value]) => `${key}=${value}`).join(', ');
}
