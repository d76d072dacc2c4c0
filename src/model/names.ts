/**
 * Kubernetes' rules for names and labels.
 * @see https://kubernetes.io/docs/concepts/overview/working-with-objects/names/
 * @see https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#syntax-and-character-set
 */

export type NameRule = 'dns-1035-label' | 'dns-1123-label' | 'dns-1123-subdomain' | 'deployment-name' | 'label-key' | 'label-value' | 'dns-host' | 'wildcard-host';

interface Rule {
  readonly describe: string;
  readonly max: number;
  readonly holds: (text: string) => boolean;
}

const LABEL_1035 = /^[a-z]([-a-z0-9]*[a-z0-9])?$/;
const LABEL_1123 = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;
const SUBDOMAIN_1123 = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;
const QUALIFIED = /^[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?$/;
const ADDRESS = /^[0-9]+(\.[0-9]+){3}$/;
const SUBDOMAIN_WORDS = 'lower-case letters, digits, "-" and ".", beginning and ending with a letter or digit';

const RULES: Record<NameRule, Rule> = {
  'dns-1035-label': {
    describe: 'lower-case letters, digits and "-", beginning with a letter and ending with a letter or digit',
    max: 63,
    holds: (text) => LABEL_1035.test(text),
  },
  'dns-1123-label': {
    describe: 'lower-case letters, digits and "-", beginning and ending with a letter or digit',
    max: 63,
    holds: (text) => LABEL_1123.test(text),
  },
  'dns-1123-subdomain': { describe: SUBDOMAIN_WORDS, max: 253, holds: (text) => SUBDOMAIN_1123.test(text) },
  // The names of ReplicaSets add a dash and ten characters.
  'deployment-name': { describe: SUBDOMAIN_WORDS, max: 242, holds: (text) => SUBDOMAIN_1123.test(text) },
  'label-value': {
    describe: 'letters, digits, "-", "_" and ".", beginning and ending with a letter or digit',
    max: 63,
    holds: (text) => text === '' || QUALIFIED.test(text),
  },
  'label-key': { describe: 'an optional DNS prefix and "/", then letters, digits, "-", "_" and "."', max: 317, holds: isLabelKey },
  'dns-host': { describe: 'a DNS name, of labels with 63 characters at most', max: 253, holds: isHost },
  'wildcard-host': {
    describe: 'a DNS name, "*", or "*." and a DNS name',
    max: 253,
    holds: (text) => text === '*' || isHost(text.replace(/^\*\./, '')),
  },
};

/** What is wrong with the name, or `undefined`. */
export function nameProblem(text: string, rule: NameRule): string | undefined {
  const { describe, max, holds } = RULES[rule];
  if (typeof text !== 'string') return `${text} is no text`;
  if (isReserved(text)) return `"${text}" is a word that JavaScript keeps for itself`;
  if (text.length > max) return `"${text}" has ${text.length} characters, the limit is ${max}`;
  return holds(text) ? undefined : `"${text}" is not made of ${describe}`;
}

/** Names that get lost, or break things, as keys of objects on the way to YAML. */
export function isReserved(text: string): boolean {
  return text === '__proto__' || text === 'constructor';
}

function isLabelKey(key: string): boolean {
  const [name, prefix, ...more] = key.split('/').reverse();
  return more.length === 0 && name.length <= 63 && QUALIFIED.test(name)
    && (prefix === undefined || (prefix.length <= 253 && SUBDOMAIN_1123.test(prefix)));
}

function isHost(host: string): boolean {
  return SUBDOMAIN_1123.test(host) && !ADDRESS.test(host) && host.split('.').every((label) => label.length <= 63);
}
