import { Command } from 'commander';
import { jsonOption, ManifestOptions, readTraffic, tellLeftOut, withManifests } from './manifest-options';
import { coloured, Ended, Failure, Output } from './output';
import { Progress } from './progress';
import { compare } from '../evaluation/compare';
import { changeJson, changeText } from '../report/change-text';

/** `canary diff`: which requests two sets of manifests decide differently. */
export function diffCommand(output: Output, ended: Ended): Command {
  const command = new Command('diff')
    .description('says which requests go elsewhere after a change; exit code 1 if any of them is lost')
    .argument('<before>', 'file or folder')
    .argument('<after>', 'file or folder; - for the standard input')
    .addOption(jsonOption())
    .addHelpText('after', '\nExample:\n  canary diff ../main/dist dist');
  return withManifests(command).action((before: string, after: string, options: ManifestOptions & { readonly json?: boolean }) => {
    if (before === '-' && after === '-') throw new Failure('the standard input can be one side only');
    const progress = new Progress(output);
    const [old, now] = [readTraffic([before], options, progress), readTraffic([after], options, progress)];
    const { changes, compared } = compare(old._evaluator, now._evaluator, progress.counting('comparing requests'));
    progress.end();
    if (options.json) {
      output.write(`${JSON.stringify({ compared, changes: changes.map(changeJson) }, undefined, 2)}\n`);
    } else {
      for (const change of changes) output.write(`${change.loses ? coloured(output, 'red', changeText(change)) : changeText(change)}\n`);
      const losing = changes.filter(({ loses }) => loses).length;
      output.write(`${changes.length} of ${compared} requests change${losing > 0 ? `, ${losing} lose traffic` : ''}\n`);
    }
    tellLeftOut(output, old, now);
    ended(changes.some(({ loses }) => loses) ? 1 : 0);
  });
}
