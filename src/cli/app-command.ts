import { existsSync, readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { Failure } from './output';

const CONFIG = 'cdk8s.yaml';

/** The command that `cdk8s synth` runs in this folder. */
export function commandOfCdk8s(): string {
  if (!existsSync(CONFIG)) throw new Failure(`there is no ${CONFIG} here; name a folder with stages, or the app: canary plan --app "npx tsx main.ts"`);
  const app: unknown = read()?.app;
  if (typeof app !== 'string' || app.trim() === '') throw new Failure(`${CONFIG} has no \`app\`; name a folder with stages, or the app: canary plan --app "npx tsx main.ts"`);
  return app;
}

function read(): { readonly app?: unknown } | null {
  try {
    return parse(readFileSync(CONFIG, 'utf8')) as { readonly app?: unknown } | null;
  } catch (error) {
    throw new Failure(`${CONFIG} cannot be read: ${(error as Error).message.split('\n')[0]}`);
  }
}
