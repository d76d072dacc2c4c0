/** API version of everything that Argo Rollouts reads. */
export const API_VERSION = 'argoproj.io/v1alpha1';
