/* Runs one benchmark: `npm run bench -- <name>`. */
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';

type Bench = (args: readonly string[]) => void;

/** Loaded when they are asked for: they need the compiled package. */
const BENCHES: Record<string, () => Promise<Bench>> = {
  reading: async () => (await import('./reading.js')).benchReading,
  synthesis: async () => (await import('./synthesis.js')).benchSynthesis,
  start: async () => (await import('./start.js')).benchStart,
  tools: async () => (await import('./tools.js')).benchTools,
};

const [name, ...args] = process.argv.slice(2);
const bench = Object.hasOwn(BENCHES, name ?? '') ? BENCHES[name] : undefined;
if (!bench) {
  console.error(`no benchmark is named "${name ?? ''}", there are ${Object.keys(BENCHES).join(', ')}`);
  process.exitCode = 2;
} else if (!existsSync(resolve(__dirname, '../lib/src/index.js'))) {
  console.error('what is measured is the compiled package: run `npx projen compile` first');
  process.exitCode = 2;
} else {
  void bench().then((run) => run(args));
}
