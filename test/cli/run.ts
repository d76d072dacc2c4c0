import { run } from '../../src/cli/program';

export interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Runs the command as a terminal without colours would. */
export async function canary(...arguments_: string[]): Promise<Ran> {
  let out = '';
  let err = '';
  const code = await run(arguments_, {
    write: (text) => { out += text; },
    error: (text) => { err += text; },
    colours: false,
    width: 80,
    live: false,
  });
  return { code, out, err };
}
