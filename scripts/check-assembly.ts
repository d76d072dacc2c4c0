/* Checks what users of other languages get: the jsii assembly shows no union and no `any`, and documents every public member. */
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

interface TypeReference {
  readonly union?: unknown;
  readonly primitive?: string;
  readonly collection?: { readonly elementtype: TypeReference };
}

interface Member {
  readonly name?: string;
  readonly docs?: { readonly summary?: string; readonly default?: string };
  readonly type?: TypeReference;
  readonly returns?: { readonly type: TypeReference };
  readonly parameters?: (Member & { readonly optional?: boolean })[];
  readonly optional?: boolean;
  readonly overrides?: string;
}

interface AssemblyType extends Member {
  readonly fqn: string;
  readonly datatype?: boolean;
  readonly properties?: Member[];
  readonly methods?: Member[];
  readonly members?: Member[];
  readonly initializer?: Member;
}

const assembly = JSON.parse(readFileSync(join(resolve(__dirname, '..'), '.jsii'), 'utf8')) as { readonly types: Record<string, AssemblyType> };
const problems = Object.values(assembly.types).flatMap(checkType);
for (const problem of problems) console.error(problem);
console.log(`${Object.keys(assembly.types).length} types in the assembly, ${problems.length} problems`);
process.exitCode = problems.length > 0 ? 1 : 0;

function checkType(type: AssemblyType): string[] {
  const members = [...(type.properties ?? []), ...(type.methods ?? []), ...(type.members ?? [])].filter(({ overrides }) => overrides === undefined);
  const initializer = type.initializer ? [{ ...type.initializer, name: 'constructor' }] : [];
  return [
    ...documented(type.fqn, type),
    ...members.flatMap((member) => documented(`${type.fqn}.${member.name}`, member)),
    ...[...members, ...initializer].flatMap((member) => checkSignature(`${type.fqn}.${member.name}`, member)),
    ...(type.datatype ? (type.properties ?? []).flatMap((member) => checkDefault(`${type.fqn}.${member.name}`, member)) : []),
  ];
}

function documented(place: string, member: Member): string[] {
  return member.docs?.summary ? [] : [`${place} has no documentation`];
}

function checkDefault(place: string, { optional, docs }: Member): string[] {
  return optional && !docs?.default ? [`${place} is optional and documents no default`] : [];
}

function checkSignature(place: string, member: Member): string[] {
  const parameters = member.parameters ?? [];
  const types = [member.type, member.returns?.type, ...parameters.map(({ type }) => type)].filter((type) => type !== undefined);
  return [
    ...types.flatMap((type) => checkReference(place, type)),
    ...parameters.flatMap((parameter) => documented(`${place}(${parameter.name})`, parameter)),
  ];
}

function checkReference(place: string, type: TypeReference): string[] {
  if (type.union) return [`${place} is a union`];
  if (type.primitive === 'any') return [`${place} is \`any\``];
  return type.collection ? checkReference(place, type.collection.elementtype) : [];
}
