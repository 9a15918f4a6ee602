'use strict';
const { join } = require('node:path');
const { suites } = require('./groups');

/** Declares the tests of each suite of the group, under its path. */
exports.runTogether = (group) => {
  for (const suite of suites[group]) describe(suite, () => void require(join(__dirname, '../..', suite)));
};
