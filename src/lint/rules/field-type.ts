import { LintRule } from '../lint-rule';

/** Fields of another type than the API has. Only those that are read here are looked at, after all has been read. */
export const FIELD_TYPE: LintRule = {
  code: 'field-type',
  severity: 'error',
  like: ['IST0106'],
  *check({ manifests }) {
    for (const object of manifests.objects) {
      for (const { place, expected, value } of object.problems) {
        yield { object, place, message: `${JSON.stringify(value)} is not ${expected}`, remedy: `write ${expected}; YAML takes yes, on and 5 without quotes for something else than strings` };
      }
    }
  },
};
