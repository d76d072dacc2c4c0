type FieldMap = Readonly<Record<string, unknown>>;

const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration';

/**
 * An object of a cluster without what the API server, controllers and webhooks added to it: fields that `kubectl apply` would leave alone, because
 * neither the last applied configuration nor the wanted one has them. A document that is from no cluster stays as it is.
 *
 * @see https://kubernetes.io/docs/tasks/manage-kubernetes-objects/declarative-config/#merge-patch-calculation
 */
export function asApplied(live: unknown, wanted: unknown): unknown {
  const metadata = mapAt(live, 'metadata');
  if (metadata?.uid === undefined) return live;
  return known(live, parsed(mapAt(metadata, 'annotations')?.[LAST_APPLIED]), wanted);
}

/** Items of lists stand for those at the same place. Nobody but their author adds items. */
function known(live: unknown, applied: unknown, wanted: unknown): unknown {
  if (applied === undefined && wanted === undefined) return live;
  if (Array.isArray(live)) return live.map((item: unknown, index) => known(item, itemAt(applied, index), itemAt(wanted, index)));
  if (!isMap(live)) return live;
  const kept = Object.entries(live).filter(([key]) => own(applied, key) !== undefined || own(wanted, key) !== undefined);
  return Object.fromEntries(kept.map(([key, value]) => [key, known(value, own(applied, key), own(wanted, key))]));
}

function itemAt(list: unknown, index: number): unknown {
  return Array.isArray(list) ? list[index] : undefined;
}

function own(map: unknown, key: string): unknown {
  return isMap(map) && Object.hasOwn(map, key) ? map[key] : undefined;
}

function mapAt(map: unknown, key: string): FieldMap | undefined {
  const value = own(map, key);
  return isMap(value) ? value : undefined;
}

function isMap(value: unknown): value is FieldMap {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function parsed(text: unknown): unknown {
  try {
    return JSON.parse(String(text));
  } catch {
    return undefined;
  }
}
