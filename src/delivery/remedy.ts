/** What is left where a controller cannot carry out what is declared. */
export const STAGES = 'use `CanaryService` with stages';
