'use strict';
const { TestEnvironment } = require('jest-environment-node');

/** Gives tests Node's own `require`: the Kubernetes client holds modules only, which Node can require and Jest cannot. */
module.exports = class extends TestEnvironment {
  async setup() {
    await super.setup();
    this.global.requireByNode = require;
  }
};
