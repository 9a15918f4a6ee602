'use strict';

/** A function that says how much wall and CPU time has gone by since it was last called, in milliseconds. */
exports.stopwatch = () => {
  let wall = performance.now();
  let cpu = process.cpuUsage();
  return () => {
    const { user, system } = process.cpuUsage(cpu);
    const lap = { wall: performance.now() - wall, cpu: (user + system) / 1000 };
    wall = performance.now();
    cpu = process.cpuUsage();
    return lap;
  };
};

/** Tells the benchmark that started this process what it measured, and how much memory it took at most. */
exports.report = (laps) => {
  const peak = process.resourceUsage().maxRSS / 1024;
  process.stdout.write(`${JSON.stringify({ ...laps, peak })}\n`);
};
