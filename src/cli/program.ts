import { Command, CommanderError } from 'commander';
import { checkCommand } from './check';
import { diffCommand } from './diff';
import { explainCommand } from './explain';
import { Failure, Output } from './output';
import { planCommand } from './plan';
import { LINE_START } from './progress';
import { routeCommand } from './route';
import { InputError } from '../input-error';

const EXAMPLES = `
Examples:
  canary route dist --host web.shop --path /v2 --header 'x-tester: yes'
  canary check dist
  kustomize build overlays/prod | canary check -
  canary explain dist --format mermaid
  canary diff dist.old dist
  canary plan dist
  canary plan --app 'npx tsx main.ts' --format html > plan.html

Exit codes: 0 all is well, 1 something is wrong with the traffic, 2 the command could not do its work.`;

const ISSUES = 'https://github.com/cdk8s-canary/cdk8s-canary/issues';

/** Runs one command. What goes wrong is said in a line, without a stack. */
export async function run(arguments_: readonly string[], output: Output): Promise<number> {
  let code = 0;
  const program = new Command('canary')
    .description('Says what Kubernetes manifests do with traffic, by the rules of the mesh and the gateways that they are for.')
    .addHelpText('after', EXAMPLES)
    .configureOutput({ writeOut: (text) => output.write(text), writeErr: (text) => output.error(text) })
    .exitOverride()
    .showHelpAfterError('(canary --help shows what there is)');
  for (const command of [routeCommand, checkCommand, explainCommand, diffCommand, planCommand]) {
    program.addCommand(command(output, (ended) => { code = ended; }).copyInheritedSettings(program));
  }
  try {
    await program.parseAsync(arguments_, { from: 'user' });
    return code;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    const text = error instanceof Failure || error instanceof InputError ? `canary: ${error.message}\n` : crashText(error);
    output.error(`${output.live ? LINE_START : ''}${text}`);
    return 2;
  }
}

/** A mistake of the command itself, which is not to look like one of the traffic. */
function crashText(error: unknown): string {
  const { message, stack } = error instanceof Error ? error : new Error(String(error));
  if (process.env.DEBUG) return `canary: ${stack ?? message}\n`;
  return `canary: this is a mistake of canary itself: ${message}; please report it with what is written with DEBUG=1: ${ISSUES}\n`;
}
