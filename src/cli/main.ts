import { run } from './program';

void run(process.argv.slice(2), {
  write: (text) => { process.stdout.write(text); },
  error: (text) => { process.stderr.write(text); },
  colours: Boolean(process.stdout.isTTY) && process.env.NO_COLOR === undefined,
  width: process.stdout.columns ?? 80,
  live: Boolean(process.stderr.isTTY),
}).then((code) => { process.exitCode = code; });
