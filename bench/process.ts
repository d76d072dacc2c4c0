import { spawnSync } from 'node:child_process';

/** What a whole process took, with its children. */
export interface Times {
  readonly clock: number;
  readonly processor: number;
}

interface Options {
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
  /** File that takes the output. */
  readonly output?: string;
  /** Seconds of processor time after which the process is stopped. */
  readonly limit: number;
}

/** Runs a command; nothing comes back where it was stopped. Bash measures, since it counts the children of a process too. */
export function timed(command: readonly string[], { cwd, env, output = '/dev/null', limit }: Options): Times | undefined {
  const script = `TIMEFORMAT='%R %U %S'; ulimit -t ${limit}; time "$@" > ${JSON.stringify(output)}`;
  const { stderr, status } = spawnSync('bash', ['-c', script, 'bash', ...command], { cwd, env: { ...process.env, ...env }, encoding: 'utf8' });
  if (status === null || status > 128) return undefined;
  if (status !== 0) throw new Error(`${command.join(' ')} failed:\n${stderr}`);
  const [clock, user, system] = stderr.trim().split('\n').at(-1)!.split(' ').map(Number);
  return { clock, processor: user + system };
}
