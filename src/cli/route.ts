import { Command, InvalidArgumentError } from 'commander';
import { jsonOption, ManifestOptions, readTraffic, tellLeftOut, withManifests } from './manifest-options';
import { coloured, Ended, Failure, Output } from './output';
import { Progress } from './progress';
import { REQUEST_PROTOCOLS } from '../evaluation/request';
import { decisionJson } from '../report/decision-json';
import { decisionLines } from '../report/decision-text';
import { RequestSource } from '../request-source';

interface RouteOptions extends ManifestOptions {
  readonly host: string;
  readonly port?: number;
  readonly path?: string;
  readonly method?: string;
  readonly header?: Readonly<Record<string, string>>;
  readonly protocol?: string;
  readonly sni?: string;
  readonly from: string;
  readonly fromNamespace?: string;
  readonly account?: string;
  readonly label?: Readonly<Record<string, string>>;
  readonly json?: boolean;
}

/** `canary route`: what becomes of one request. */
export function routeCommand(output: Output, ended: Ended): Command {
  const command = new Command('route')
    .description('says what becomes of one request: which pods get which share of it, and why; exit code 1 if no pod gets any')
    .argument('<files...>', 'YAML and JSON files, or folders; - for the standard input')
    .requiredOption('--host <name>', 'Service or host that is called')
    .option('--port <number>', 'port of the Service or of the listener (default: the only one of the Service, else 80)', portNumber)
    .option('--path <path>', 'path, with a query if there is one', '/')
    .option('--method <method>', 'HTTP method (default: GET, POST for gRPC)')
    .option('--header <name: value>', 'a header; may be given several times', headers)
    .option('--protocol <protocol>', `${REQUEST_PROTOCOLS.join(', ')} (default: what the port is declared for)`, protocolName)
    .option('--sni <name>', 'server name of a TLS connection (default: the host)')
    .option('--from <who>', 'mesh: a pod with a proxy; plain: one without; gateway:<namespace>/<name>: from outside; the only gateway of a name needs no namespace', 'mesh')
    .option('--from-namespace <name>', 'namespace of the pod that calls (default: that of the Service)')
    .option('--account <name>', 'service account of the pod that calls', 'default')
    .option('--label <name=value>', 'label of the pod that calls; may be given several times', labels)
    .addOption(jsonOption())
    .addHelpText('after', '\nExample:\n  canary route dist --host reviews.books --port 9080 --header \'end-user: jason\'');
  return withManifests(command).action((files: string[], options: RouteOptions) => {
    const progress = new Progress(output);
    const traffic = readTraffic(files, options, progress);
    progress.end();
    const { host, port, path, method, header, protocol, sni } = options;
    const decision = traffic.decide({ host, port, path, method, headers: { ...header }, protocol, serverName: sni ?? host, from: source(options) });
    if (options.json) {
      output.write(`${JSON.stringify(decisionJson(decision._verdict), undefined, 2)}\n`);
    } else {
      for (const { text, lost } of decisionLines(decision._verdict, Math.min(30, Math.max(10, output.width - 60)))) {
        output.write(`${lost ? coloured(output, 'red', text) : text}\n`);
      }
    }
    tellLeftOut(output, traffic);
    // Nobody answers: a name that is misspelt in a pipeline is not to pass.
    ended(decision.lost === 1 ? 1 : 0);
  });
}

function source({ from, fromNamespace, account, label }: RouteOptions): RequestSource {
  if (from === 'mesh') return RequestSource.meshed({ namespace: fromNamespace, serviceAccount: account, labels: { ...label } });
  if (from === 'plain') return RequestSource.plain({ namespace: fromNamespace, labels: { ...label } });
  const [, namespace, name, listener] = /^gateway:(?:([^/]+)\/)?([^/]+)(?:\/([^/]+))?$/.exec(from) ?? [];
  if (!name) throw new Failure(`--from "${from}" is unknown; use mesh, plain or gateway:<namespace>/<name>`);
  return RequestSource.gateway(name, { namespace, listener });
}

function portNumber(text: string): number {
  const number = Number(text);
  if (!Number.isInteger(number) || number < 1 || number > 65535) throw new InvalidArgumentError('a port is a whole number from 1 to 65535');
  return number;
}

function protocolName(text: string): string {
  const name = text.toUpperCase();
  if (!REQUEST_PROTOCOLS.some((known) => known === name)) throw new InvalidArgumentError(`use ${REQUEST_PROTOCOLS.join(', ')}`);
  return name;
}

function headers(text: string, known: Readonly<Record<string, string>> = {}): Record<string, string> {
  const [, name, value] = /^([^:\s]+):\s*(.*)$/.exec(text) ?? [];
  if (name === undefined) throw new InvalidArgumentError('write a header as "name: value"');
  return { ...known, [name]: value };
}

function labels(text: string, known: Readonly<Record<string, string>> = {}): Record<string, string> {
  const [, name, value] = /^([^=]+)=(.*)$/.exec(text) ?? [];
  if (name === undefined) throw new InvalidArgumentError('write a label as name=value');
  return { ...known, [name]: value };
}
