/**
 * Annotation that says what is not written here and taken to be there all the same: a list of documents, as JSON. Whoever reads the manifests
 * counts on them, unless they are among the manifests.
 */
export const NAMED_OBJECTS = 'cdk8s-canary/existing';
