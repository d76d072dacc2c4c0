import { KubeObject } from './kube-object';

/**
 * Annotation that says what is not written here and taken to be there all the same: a list of documents, as JSON. Whoever reads the manifests
 * counts on them, unless they are among the manifests.
 */
export const NAMED_OBJECTS = 'cdk8s-canary/existing';

/** What objects say is there although nobody wrote it among the manifests. What cannot be read says nothing. */
export function namedBy(object: KubeObject): KubeObject[] {
  const text = object.annotations[NAMED_OBJECTS];
  return text === undefined ? [] : documentsIn(text).map((document) => new KubeObject(document, object.origin, object.namespace));
}

function documentsIn(text: string): readonly unknown[] {
  try {
    const documents: unknown = JSON.parse(text);
    return Array.isArray(documents) ? documents : [];
  } catch {
    return [];
  }
}
