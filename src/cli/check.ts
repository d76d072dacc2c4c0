import { Command, InvalidArgumentError } from 'commander';
import { jsonOption, ManifestOptions, readTraffic, tellUnknown, withManifests } from './manifest-options';
import { coloured, Ended, Failure, Output } from './output';
import { Progress } from './progress';
import { Lint, LintFinding } from '../lint';
import { WORST_FIRST } from '../lint/lint-rule';

interface CheckOptions extends ManifestOptions {
  readonly severity?: Readonly<Record<string, string>>;
  readonly failOn: string;
  readonly json?: boolean;
}

const COLOURS = { error: 'red', warning: 'yellow', info: 'dim' } as const;

/** `canary check`: what is wrong with the manifests. */
export function checkCommand(output: Output, ended: Ended): Command {
  const command = new Command('check')
    .description('looks for what loses traffic or sends it where nobody meant it to go')
    .argument('<files...>', 'YAML and JSON files, or folders; - for the standard input')
    .option('--severity <code=severity>', 'another severity for a code: error, warning, info or off; may be given several times', severities)
    .option('--fail-on <severity>', 'least severity that ends with exit code 1: error, warning or info', 'error')
    .addOption(jsonOption())
    .addHelpText('after', '\nExample:\n  canary check dist --severity selector-without-pods=off --fail-on warning');
  return withManifests(command).action((files: string[], options: CheckOptions) => {
    if (!WORST_FIRST.includes(options.failOn)) throw new Failure(`--fail-on "${options.failOn}" is unknown; use ${WORST_FIRST.join(', ')}`);
    const progress = new Progress(output);
    const traffic = readTraffic(files, options, progress);
    const findings = Lint._check(traffic, { severities: { ...options.severity } }, progress.counting('trying rules'));
    progress.end();
    output.write(options.json ? `${JSON.stringify(findings, undefined, 2)}\n` : text(findings, traffic._manifests.objects.length, output));
    tellUnknown(output, traffic);
    const failing = WORST_FIRST.slice(0, WORST_FIRST.indexOf(options.failOn) + 1);
    ended(findings.some(({ severity }) => failing.includes(severity)) ? 1 : 0);
  });
}

function text(findings: readonly LintFinding[], objects: number, output: Output): string {
  const lines = findings.flatMap(({ severity, code, where, place, message, remedy }) => [
    `${coloured(output, COLOURS[severity as 'error'], severity)} ${coloured(output, 'bold', code)} ${where}`,
    `  ${place}: ${message}`,
    `  ${coloured(output, 'dim', `-> ${remedy}`)}`,
  ]);
  return [...lines, `${summary(findings)} in ${objects} ${objects === 1 ? 'object' : 'objects'}`, ''].join('\n');
}

/** `2 errors, 1 warning`. */
function summary(findings: readonly LintFinding[]): string {
  const counts = WORST_FIRST.map((severity) => ({ severity, count: findings.filter((finding) => finding.severity === severity).length }));
  const told = counts.filter(({ count }) => count > 0).map(({ severity, count }) => `${count} ${severity}${count === 1 || severity === 'info' ? '' : 's'}`);
  return told.length === 0 ? 'nothing found' : told.join(', ');
}

function severities(value: string, known: Readonly<Record<string, string>> = {}): Record<string, string> {
  const [, code, severity] = /^([^=]+)=(.+)$/.exec(value) ?? [];
  if (code === undefined) throw new InvalidArgumentError('write it as code=severity');
  return { ...known, [code]: severity };
}
