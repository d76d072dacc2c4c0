/** Which pods are meant, by their labels. All conditions have to hold; without any, no pod is meant. */
export interface Selector {
  readonly labels: Readonly<Record<string, string>>;
  readonly expressions: readonly SelectorExpression[];
}

export interface SelectorExpression {
  readonly key: string;
  readonly operator: string;
  readonly values: readonly string[];
}

/** @see https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#resources-that-support-set-based-requirements */
export function selects({ labels, expressions }: Selector, podLabels: Readonly<Record<string, string>>): boolean {
  const wanted = Object.entries(labels);
  return wanted.length + expressions.length > 0
    && wanted.every(([key, value]) => podLabels[key] === value)
    && expressions.every((expression) => holds(expression, podLabels[expression.key]));
}

function holds({ operator, values }: SelectorExpression, value: string | undefined): boolean {
  switch (operator) {
    case 'In': return value !== undefined && values.includes(value);
    case 'NotIn': return value === undefined || !values.includes(value);
    case 'Exists': return value !== undefined;
    case 'DoesNotExist': return value === undefined;
    default: return false;
  }
}
