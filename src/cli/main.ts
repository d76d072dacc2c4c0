import { run } from './program';

// Who reads may have enough of it: `canary explain dist | head`.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') return;
  process.stderr.write(`canary: cannot write: ${error.message}\n`);
  process.exit(2);
});

void run(process.argv.slice(2), {
  write: (text) => { process.stdout.write(text); },
  error: (text) => { process.stderr.write(text); },
  colours: Boolean(process.stdout.isTTY) && process.env.NO_COLOR === undefined,
  width: process.stdout.columns ?? 80,
  live: Boolean(process.stderr.isTTY),
}).then((code) => { process.exitCode = code; });
