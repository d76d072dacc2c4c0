/* Runs one benchmark: `npm run bench -- <name>`. */
import { benchStart } from './start';
import { benchSynthesis } from './synthesis';
import { benchTools } from './tools';

const BENCHES: Record<string, (args: readonly string[]) => void> = { synthesis: benchSynthesis, start: benchStart, tools: benchTools };

const [name, ...args] = process.argv.slice(2);
const bench = Object.hasOwn(BENCHES, name ?? '') ? BENCHES[name] : undefined;
if (bench) {
  bench(args);
} else {
  console.error(`no benchmark is named "${name ?? ''}", there are ${Object.keys(BENCHES).join(', ')}`);
  process.exitCode = 2;
}
