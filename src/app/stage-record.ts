import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { isAbsolute, relative, resolve } from 'node:path';
import { IConstruct } from 'constructs';
import { AppRollout } from './app-rollout';

/**
 * Environment variable with the file that a program notes its stages in, for `canary plan --app`. Programs in other languages hand it on to the
 * process that runs this library.
 */
export const STAGE_RECORD = 'CANARY_STAGE_RECORD';

/** A stage, or a set of a way back. */
export interface NotedSet {
  readonly folder: string;
  /** The first folder that holds the same, itself or an earlier one. */
  readonly like: string;
}

/** A service with a rollout, and what it is built at. */
export interface StagedServiceNote {
  readonly kind: 'service';
  readonly service: string;
  /** The same number for all services that move together. */
  readonly rollout: number;
  readonly sets: readonly NotedSet[];
  readonly stage?: string;
  /** Folder that the app writes to, if that is not the one that it was told to write to. */
  readonly strayOutdir?: string;
}

/** All stages are written. */
export interface WrittenStagesNote {
  readonly kind: 'written';
  readonly folder: string;
}

export type StageNote = StagedServiceNote | WrittenStagesNote;

const numbers = new WeakMap<object, number>();
let rollouts = 0;

/** Whether somebody wants to know the stages, and nothing but these is to be written. */
export function isRecording(): boolean {
  return Boolean(process.env[STAGE_RECORD]);
}

/** Notes a service. The app is stopped before it overwrites a folder that is in use. */
export function noteService(app: IConstruct, service: string, { identity, folders, firstLike }: AppRollout, stage: string | undefined): void {
  const strayOutdir = strayOutdirOf(app);
  const sets = folders.map((folder) => ({ folder, like: firstLike(folder) }));
  write({ kind: 'service', service, rollout: numberOf(identity), sets, stage, strayOutdir });
  if (strayOutdir !== undefined) throw new Error(`the app writes to "${strayOutdir}", whatever CDK8S_OUTDIR says; leave out its \`outdir\``);
}

/** Notes that the program wrote its stages by itself. */
export function noteWritten(folder: string): void {
  if (isRecording()) write({ kind: 'written', folder: resolve(folder) });
}

export function readNotes(file: string): StageNote[] {
  return existsSync(file) ? readFileSync(file, 'utf8').split('\n').filter(Boolean).map((line) => JSON.parse(line) as StageNote) : [];
}

function write(note: StageNote): void {
  appendFileSync(process.env[STAGE_RECORD]!, `${JSON.stringify(note)}\n`);
}

function numberOf(identity: object): number {
  const known = numbers.get(identity) ?? (rollouts += 1);
  numbers.set(identity, known);
  return known;
}

/** The root may be no app, in tests. */
function strayOutdirOf(app: IConstruct & { readonly outdir?: string }): string | undefined {
  const wanted = process.env.CDK8S_OUTDIR;
  if (app.outdir === undefined || !wanted) return undefined;
  const path = relative(resolve(wanted), resolve(app.outdir));
  return path.startsWith('..') || isAbsolute(path) ? app.outdir : undefined;
}
