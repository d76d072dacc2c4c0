import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { ManifestOptions, readTraffic } from './manifest-options';
import { Failure } from './output';
import { Progress } from './progress';
import { Lint } from '../lint';
import { StageSet, WrittenStage } from '../report/plan/stage-set';
import { Traffic } from '../traffic';

const ROLLBACK = 'rollback';

/** Beside the stages may stand what says how they are applied: a `StagedApp` writes objects of this group for Flux. */
const FLUX = 'kustomize.toolkit.fluxcd.io';

type Told = (done: number, all: number) => void;

/** Folders that are stages in the order given, without ways back. */
export function readEach(folders: readonly string[], options: ManifestOptions, tell: Told): WrittenStage[] {
  const twice = folders.find((folder, index) => folders.indexOf(folder) < index);
  if (twice !== undefined) throw new Failure(`the folder "${twice}" is given twice`);
  return folders.map((folder, index) => {
    tell(index, folders.length);
    return { ...readSet(folder, folder, options), back: [] };
  });
}

/** The stages of a folder in the order of their numbers and names, each with its ways back. */
export function readStages(folder: string, options: ManifestOptions & { readonly rollbacks: boolean }, tell: Told): WrittenStage[] {
  checkFolder(folder);
  const names = subfolders(folder).filter((name) => name !== ROLLBACK);
  const stages = names.flatMap((name, index) => {
    tell(index, names.length);
    const traffic = readManifests(join(folder, name), options);
    if (traffic._manifests.objects.every(({ group }) => group === FLUX)) return [];
    return [{ ...setOf(name, traffic), back: options.rollbacks ? readBack(join(folder, ROLLBACK, name), options) : [] }];
  });
  if (stages.length === 0) throw new Failure(`there are no stages in "${folder}": ${insteadOfStages(folder, options)}`);
  return stages;
}

/** One set of manifests, under a name. */
function readSet(folder: string, name: string, options: ManifestOptions): StageSet {
  checkFolder(folder);
  const traffic = readManifests(folder, options);
  if (traffic._manifests.objects.length === 0) throw new Failure(`there is no Kubernetes object in "${folder}"`);
  return setOf(name, traffic);
}

/** What is deployed now: a file, a folder, or `-` for the standard input. */
export function readDeployed(path: string, options: ManifestOptions, progress: Progress): StageSet {
  return setOf('deployed', readable(readTraffic([path], options, progress)));
}

function setOf(name: string, traffic: Traffic): StageSet {
  return { name, evaluator: traffic._evaluator, found: Lint._run(traffic, {}) };
}

function readBack(folder: string, options: ManifestOptions): StageSet[] {
  return existsSync(folder) ? subfolders(folder).map((name) => readSet(join(folder, name), name, options)) : [];
}

/** A plan of half of the manifests would be wrong: what cannot be read ends it. */
function readManifests(folder: string, options: ManifestOptions): Traffic {
  return readable(Traffic._fromFolder(folder, options), folder);
}

function readable(traffic: Traffic, folder = ''): Traffic {
  const unreadable = traffic._manifests.problems.filter(({ kind }) => kind === 'unreadable');
  if (unreadable.length > 0) {
    throw new Failure(unreadable.map(({ origin, message }) => `${join(folder, origin.file)}${origin.line === undefined ? '' : `:${origin.line}`} cannot be read: ${message}`).join('\n        '));
  }
  return traffic;
}

/** Hidden folders are no stages, links to folders may be. */
function subfolders(folder: string): string[] {
  return readdirSync(folder).filter((name) => !name.startsWith('.') && statSync(join(folder, name), { throwIfNoEntry: false })?.isDirectory())
    .sort(byNumber);
}

/** `2-half` before `10-all`, in every language of the machine. */
const byNumber = new Intl.Collator('en', { numeric: true }).compare;

function checkFolder(folder: string): void {
  if (!existsSync(folder)) throw new Failure(`there is no folder "${folder}"`);
  if (!statSync(folder).isDirectory()) throw new Failure(`"${folder}" is a file; name the folder that holds the stages`);
}

function insteadOfStages(folder: string, options: ManifestOptions): string {
  const here = Traffic._fromFolder(folder, options)._manifests.objects.length > 0;
  return here ? 'it holds manifests itself; name the folder above, in which each stage has one' : 'each stage is a folder with manifests, such as 00-stable';
}
