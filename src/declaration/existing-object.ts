import { ApiObject } from 'cdk8s';
import { IConstruct } from 'constructs';
import { KubeObject } from '../manifests/kube-object';
import { fromConstructs, fromFiles, fromText, Manifests, placeOf } from '../manifests/load';
import { listed } from '../model/nearest';

/** What kind of object is wanted. */
export interface Wanted {
  readonly group: string;
  readonly kind: string;
  /** `undefined`: there is just one. */
  readonly name?: string;
}

/** An object that somebody else wrote, however it was given. */
export interface ExistingObject {
  /** Whether it is written where it was declared, with the service, or not at all because it is known by name only. */
  readonly written: 'elsewhere' | 'here' | 'nowhere';
  /** The construct that writes it elsewhere. */
  readonly construct?: ApiObject;
  /** The object as it is now, or why there is none. */
  read(): { readonly object: KubeObject } | { readonly problem: string };
}

export function inText(text: string, wanted: Wanted): ExistingObject {
  return written(() => fromText(text, 'the text'), wanted);
}

export function inFile(path: string, wanted: Wanted): ExistingObject {
  return written(() => fromFiles([path]), wanted);
}

/** What only has a name here; the document says what it is taken for. */
export function inCluster(document: unknown): ExistingObject {
  const object = new KubeObject(document, { file: 'the cluster' }, '');
  return { written: 'nowhere', read: () => (object.name === '' ? { problem: 'its name is empty' } : { object }) };
}

/** The same Deployment with another number of pods. */
export function withReplicas(existing: ExistingObject, replicas: number): ExistingObject {
  return {
    ...existing,
    read: () => {
      const found = existing.read();
      if (!('object' in found)) return found;
      const { document, origin, namespace } = found.object;
      const { spec, ...rest } = document as { readonly spec?: object };
      return { object: new KubeObject({ ...rest, spec: { ...spec, replicas } }, origin, namespace) };
    },
  };
}

/** Constructs may change until the app is synthesized. */
export function inConstruct(construct: IConstruct, wanted: Wanted): ExistingObject {
  return {
    written: 'elsewhere',
    construct: construct.node.findAll().find((child): child is ApiObject => isWanted(child, wanted)),
    read: () => {
      try {
        return pick(fromConstructs([construct], ''), wanted);
      } catch (error) {
        return { problem: (error as Error).message };
      }
    },
  };
}

function isWanted(construct: IConstruct, { kind, name }: Wanted): boolean {
  return ApiObject.isApiObject(construct) && construct.kind === kind && (name === undefined || name === construct.name);
}

function written(load: () => Manifests, wanted: Wanted): ExistingObject {
  const found = pick(load(), wanted);
  return { written: 'here', read: () => found };
}

function pick({ objects, problems }: Manifests, { group, kind, name }: Wanted): ReturnType<ExistingObject['read']> {
  const ofKind = objects.filter((object) => object.group === group && object.kind === kind);
  const found = ofKind.filter((object) => name === undefined || object.name === name);
  if (found.length === 1) return { object: found[0] };
  if (found.length > 1) return { problem: `it holds ${found.length} ${kind}s: ${listed(found.map((object) => object.name))}` };
  if (problems.length > 0) return { problem: `${placeOf(problems[0].origin)}: ${problems[0].message}` };
  if (name !== undefined && ofKind.length > 0) return { problem: `it holds no ${kind} "${name}", but ${listed(ofKind.map((object) => object.name))}` };
  return { problem: `it holds no ${kind}` };
}
