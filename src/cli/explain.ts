import { Command, Option } from 'commander';
import { jsonOption, ManifestOptions, readTraffic, tellLeftOut, withManifests } from './manifest-options';
import { Ended, Output } from './output';
import { Progress } from './progress';
import { tablesToExplain } from '../evaluation/entries';
import { explainMermaid, explainText } from '../report/explanation';
import { explanationJson } from '../report/explanation-json';

const FORMATS = ['text', 'markdown', 'mermaid', 'json'] as const;

/** `canary explain`: every host with rules, and what they do. */
export function explainCommand(output: Output, ended: Ended): Command {
  const command = new Command('explain')
    .description('shows every host that has rules: what they look at and where they send, as tables and as a diagram')
    .argument('<files...>', 'YAML and JSON files, or folders; - for the standard input')
    .addOption(new Option('--format <format>', 'what to write').choices([...FORMATS]).default('text'))
    .addOption(jsonOption())
    .addHelpText('after', '\nExample:\n  canary explain dist --format markdown > traffic.md');
  return withManifests(command).action((files: string[], options: ManifestOptions & { readonly format: typeof FORMATS[number] }) => {
    const progress = new Progress(output);
    const traffic = readTraffic(files, options, progress);
    progress.end();
    const evaluator = traffic._evaluator;
    const tables = tablesToExplain(evaluator);
    const diagram = explainMermaid(tables, evaluator.cluster);
    switch (options.format) {
      case 'json': output.write(`${JSON.stringify(explanationJson(tables, evaluator.cluster), undefined, 2)}\n`); break;
      case 'mermaid': output.write(diagram); break;
      case 'text': output.write(explainText(tables, evaluator)); break;
      case 'markdown': output.write(`${explainText(tables, evaluator, true)}\n\`\`\`mermaid\n${diagram}\`\`\`\n`); break;
    }
    tellLeftOut(output, traffic);
    ended(0);
  });
}
