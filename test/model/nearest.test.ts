import { nearest } from '../../src/model/nearest';

test.each([
  { what: 'a letter too many', name: 'istioo', known: ['istio', 'linkerd'], meant: 'istio' },
  { what: 'letters that changed places, also in short names', name: 'wbe', known: ['api', 'web'], meant: 'web' },
  { what: 'the beginning of a long name', name: 'pay', known: ['payment', 'cart'], meant: 'payment' },
  { what: 'a beginning, before a name that differs in more', name: 'we', known: ['ww', 'weight-10'], meant: 'ww' },
  { what: 'upper case', name: 'WEB', known: ['web'], meant: 'web' },
  { what: 'nothing that is close', name: 'spaghetti', known: ['istio', 'smi'], meant: undefined },
  { what: 'one letter means nothing', name: 'x', known: ['payment'], meant: undefined },
  { what: 'nothing known', name: 'web', known: [], meant: undefined },
])('$what: "$name" is $meant', ({ name, known, meant }) => {
  expect(nearest(name, known)).toBe(meant);
});
