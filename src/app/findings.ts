import { IConstruct } from 'constructs';
import { Finding, findingText } from '../model/finding';

/** Codes of the warnings that were accepted, by the construct below which they are. */
const accepted = new WeakMap<IConstruct, Set<string>>();

const checks = new WeakMap<IConstruct, (() => readonly Finding[])[]>();

/** Warnings that were shown already, by app: cdk8s validates each construct once for each chart. */
const shown = new WeakMap<IConstruct, Set<string>>();

/** Has a construct checked at synthesis: errors make it fail, all of them at once, and warnings go to the standard error output. */
export function addFindings(construct: IConstruct, check: () => readonly Finding[]): void {
  checks.set(construct, [...(checks.get(construct) ?? []), check]);
  construct.node.addValidation({
    validate: () => {
      const findings = check();
      warnings(construct, findings).forEach((line) => show(construct.node.root, line));
      return findings.filter(({ severity }) => severity === 'error').map(findingText);
    },
  });
}

/** Lets apps that are built from one declaration show each warning once. */
export function showTogether(app: IConstruct, first: IConstruct): void {
  const lines = shown.get(first) ?? new Set();
  shown.set(first, lines);
  shown.set(app, lines);
}

/** Warnings of a construct and of all below it, except those that were accepted. */
export function warningsBelow(scope: IConstruct): string[] {
  return scope.node.findAll().flatMap((construct) => (checks.get(construct) ?? []).flatMap((check) => warnings(construct, check())));
}

/** Takes warnings of one code as read, below a construct. */
export function accept(scope: IConstruct, code: string): void {
  accepted.set(scope, new Set([...(accepted.get(scope) ?? []), code]));
}

/** In the form that cdk8s gives to errors. */
function warnings(construct: IConstruct, findings: readonly Finding[]): string[] {
  return findings
    .filter(({ severity, code }) => severity === 'warning' && !construct.node.scopes.some((scope) => accepted.get(scope)?.has(code)))
    .map((finding) => `[${construct.node.path}] ${findingText(finding)}`);
}

function show(app: IConstruct, line: string): void {
  const lines = shown.get(app) ?? new Set();
  shown.set(app, lines);
  if (lines.has(line)) return;
  lines.add(line);
  console.warn(`Warning: ${line}`);
}
