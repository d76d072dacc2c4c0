/** API version of everything that Flagger reads. */
export const API_VERSION = 'flagger.app/v1beta1';
