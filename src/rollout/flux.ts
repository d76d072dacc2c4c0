import { Duration } from 'cdk8s';
import { FluxOptions } from './flux-options';
import { nameProblem } from '../model/names';

/**
 * The Kustomization that stands for one stage. It is ready when all pods of the stage are (`wait`); what the stage no longer holds is deleted after
 * the rest is applied (`prune`).
 * @see https://fluxcd.io/flux/components/kustomize/kustomizations/
 */
export function fluxKustomization(options: FluxOptions, folder: string): unknown {
  const { name, namespace = 'flux-system', gitRepository, path, dependsOn, interval, timeout } = options;
  return {
    apiVersion: 'kustomize.toolkit.fluxcd.io/v1',
    kind: 'Kustomization',
    metadata: { name, namespace },
    spec: {
      ...(dependsOn && { dependsOn: dependsOn.map((other) => ({ name: other })) }),
      interval: seconds(interval ?? Duration.minutes(10)),
      path: `./${[...elements(path), folder].join('/')}`,
      prune: true,
      sourceRef: { kind: 'GitRepository', name: gitRepository },
      timeout: seconds(timeout ?? Duration.minutes(5)),
      wait: true,
    },
  };
}

/** What is wrong with the options, each with its place. */
export function fluxProblems({ name, namespace, gitRepository, path, dependsOn = [], interval, timeout }: FluxOptions): string[] {
  const names: [string, string][] = [['name', name], ['gitRepository', gitRepository], ...dependsOn.map((other, at): [string, string] => [`dependsOn[${at}]`, other])];
  const wrong = names.map(([place, text]) => [place, nameProblem(text, 'dns-1123-subdomain')]);
  const own = dependsOn.flatMap((other, at) => (other === name ? [[`dependsOn[${at}]`, 'it waits for itself']] : []));
  const times = Object.entries({ interval, timeout }).map(([place, time]) => [place, time && timeProblem(time)]);
  const outside = elements(path).includes('..') || path.startsWith('/') ? [['path', `"${path}" is not below the repository`]] : [];
  const space = [['namespace', namespace === undefined ? undefined : nameProblem(namespace, 'dns-1123-label')]];
  return [...wrong, ...own, ...space, ...outside, ...times].flatMap(([place, problem]) => (problem ? [`flux.${place}: ${problem}`] : []));
}

function timeProblem(time: Duration): string | undefined {
  const value = time.toSeconds({ integral: false });
  return Number.isInteger(value) && value >= 1 ? undefined : `the duration is ${value} s; give whole seconds, from 1 on`;
}

function seconds(time: Duration): string {
  return `${time.toSeconds()}s`;
}

function elements(path: string): string[] {
  return path.split('/').filter((element) => element !== '' && element !== '.');
}
