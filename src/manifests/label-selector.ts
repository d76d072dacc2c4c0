import { Field } from './field';

type Labels = Readonly<Record<string, string>>;

/** Whether labels hold all that is wanted. */
export function carries(labels: Labels, wanted: Labels): boolean {
  return Object.entries(wanted).every(([key, value]) => labels[key] === value);
}

/**
 * Whether a selector of labels selects what carries them: `matchLabels` and `matchExpressions`, all of which have to hold.
 * @see https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#label-selectors
 */
export function selects(selector: Field, labels: Labels): boolean {
  return carries(labels, selector.at('matchLabels').textMap()) && selector.at('matchExpressions').items().every((expression) => holds(expression, labels));
}

function holds(expression: Field, labels: Labels): boolean {
  const value = labels[expression.at('key').text() ?? ''];
  const listed = value !== undefined && expression.at('values').texts().includes(value);
  switch (expression.at('operator').text()) {
    case 'In': return listed;
    case 'NotIn': return !listed;
    case 'Exists': return value !== undefined;
    case 'DoesNotExist': return value === undefined;
    default: return false;
  }
}
