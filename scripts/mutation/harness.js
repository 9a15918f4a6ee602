'use strict';
// Runs tests in a process of its own, by jest's own test runner, against sources with all mutants in them:
//
//     node harness.js PLAN
//
// PLAN is a file: which mutant is awake, which tests to run, and where the compiled files lie. It ends at the first test
// that fails, and sends its parent what happened.
const { readFileSync } = require('node:fs');
const Module = require('node:module');
const { join } = require('node:path');
const { expect } = require('expect');
const circus = require('jest-circus');

const { root, places, mutant, suites } = JSON.parse(readFileSync(process.argv[2], 'utf8'));
const isCoverage = mutant === undefined;

/** The mutants that have been reached by the test that runs, or while its file was loaded. */
let reached = new Set();

globalThis.$mutant = isCoverage
  ? (id) => {
      reached.add(id);
      return false;
    }
  : (id) => id === mutant;

const { describe, it, test, beforeAll, beforeEach, afterAll, afterEach } = circus;
Object.assign(globalThis, { expect, describe, it, test, beforeAll, beforeEach, afterAll, afterEach });

const compiled = JSON.parse(readFileSync(places, 'utf8'));
Module._extensions['.ts'] = (module, path) => {
  const place = compiled[path];
  if (place === undefined) throw new Error(`${path} is not compiled`);
  module._compile(readFileSync(place, 'utf8'), path);
};
const resolve = Module._resolveFilename;
Module._resolveFilename = function (request, ...rest) {
  const inside = /^seaworthy(?:\/(testing)(?:\/(.+))?)?$/.exec(request);
  if (inside === null) return resolve.call(this, request, ...rest);
  const [, testing, file = 'index'] = inside;
  return join(root, 'lib', testing ?? '', `${file}.ts`);
};

// Property tests try the same values each time: a mutant is found by them always or never.
require('fast-check').configureGlobal({ seed: 1 });

let hasEnded = false;

/** Sends the first message and ends: what runs on until it is sent has no say. */
function end(message) {
  if (hasEnded) return;
  hasEnded = true;
  process.send(message, () => process.exit(0));
}

/** Of the suite that runs: its tests in the order of the file, and what each of them reached. */
let [order, results] = [[], []];

circus.addEventHandler((event, { rootDescribeBlock }) => {
  if (event.name === 'run_start') {
    order = testsOf(rootDescribeBlock);
    if (suite.tests !== undefined)
      order.forEach((one, at) => suite.tests.includes(at) || (one.mode = 'skip'));
  }
  if (event.name === 'test_start') {
    reached = new Set();
    expect.setState({ assertionCalls: 0, expectedAssertionsNumber: null, isExpectingAssertions: false });
  }
  if (event.name === 'test_done') {
    const missing = expect.extractExpectedAssertionsErrors();
    const failed = event.test.errors.length > 0 || missing.length > 0;
    const [error] = event.test.errors;
    if (failed && !isCoverage) end({ outcome: 'killed', by: suite.file, why: String(error?.[0] ?? error) });
    const [at, seconds] = [order.indexOf(event.test), (event.test.duration ?? 0) / 1000];
    const isSkipped = event.test.status === 'skip' || event.test.mode === 'skip';
    if (!isSkipped)
      results.push({
        at,
        seconds,
        reached: [...reached],
        ...(failed ? { why: String(error?.[0] ?? error) } : {}),
      });
    reached = new Set();
  }
});

function testsOf(block) {
  return block.children.flatMap((child) => (child.type === 'test' ? [child] : testsOf(child)));
}

let suite;

async function run() {
  for (suite of suites) {
    circus.resetState();
    circus.getState().testTimeout = 120_000;
    results = [];
    reached = new Set();
    require(join(root, suite.file));
    const onLoad = [...reached];
    await circus.run();
    const { unhandledErrors } = circus.getState();
    if (unhandledErrors.length > 0) throw new Error(String(unhandledErrors[0]));
    if (isCoverage) return end({ onLoad, results });
  }
  return end({ outcome: 'survived' });
}

run().catch((error) =>
  end(
    isCoverage
      ? { why: String(error?.stack ?? error), onLoad: [], results: [] }
      : { outcome: 'killed', by: suite.file, why: String(error) },
  ),
);
