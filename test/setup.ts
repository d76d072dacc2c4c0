import * as fc from 'fast-check';

// The same cases in every run, so that a build fails for what changed in it. `FC_SEED=random` draws new ones, `FC_SEED=<number>` others.
const seed = process.env.FC_SEED ?? '20261121';
if (seed !== 'random') fc.configureGlobal({ ...fc.readConfigureGlobal(), seed: Number(seed) });

// Warnings of what tests declare belong to no report; test/warnings.test.ts looks at them.
console.warn = () => undefined;
