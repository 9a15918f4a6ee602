'use strict';
const Sequencer = require('@jest/test-sequencer').default;

/** Starts groups of suites first, since they take longest; without a cache, Jest goes by the size of the file. */
module.exports = class extends Sequencer {
  sort(tests) {
    const isGroup = ({ path }) => path.includes('/together/');
    const sorted = super.sort(tests);
    return [...sorted.filter(isGroup), ...sorted.filter((test) => !isGroup(test))];
  }
};
