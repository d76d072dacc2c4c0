/** Name of what decides where there is no mesh. */
export const NAME = 'kubernetes';
