import { Field } from './field';

/**
 * Whether a selector of labels selects what carries them: `matchLabels` and `matchExpressions`, all of which have to hold.
 * @see https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#label-selectors
 */
export function selects(selector: Field, labels: Readonly<Record<string, string>>): boolean {
  const equal = Object.entries(selector.at('matchLabels').textMap()).every(([key, value]) => labels[key] === value);
  return equal && selector.at('matchExpressions').items().every((expression) => holds(expression, labels));
}

function holds(expression: Field, labels: Readonly<Record<string, string>>): boolean {
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
