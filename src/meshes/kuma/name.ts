/** Name of the mesh. */
export const NAME = 'kuma';
