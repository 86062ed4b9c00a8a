/** Small test files first: most mutants fall to the unit tests of their own file, long before a whole cycle is walked. */
const { statSync } = require('node:fs');
const Sequencer = require('@jest/test-sequencer').default;

module.exports = class SmallFirst extends Sequencer {
  sort(tests) {
    return [...tests].sort((a, b) => statSync(a.path).size - statSync(b.path).size);
  }
};
