import { run } from '../../src/cli/program';

export interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Runs the command as a terminal without colours would. */
export function canary(...arguments_: string[]): Ran {
  let out = '';
  let err = '';
  const code = run(arguments_, { write: (text) => { out += text; }, error: (text) => { err += text; }, colours: false, width: 80 });
  return { code, out, err };
}
