/** Name of the controller in messages. */
export const NAME = 'Argo Rollouts';
