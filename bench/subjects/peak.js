'use strict';
/** Notes the peak memory of the process in MB when it ends, in the file that BENCH_PEAK names; its children note nothing. */
const { writeFileSync } = require('node:fs');

const { BENCH_PEAK: file } = process.env;
delete process.env.BENCH_PEAK;
if (file !== undefined)
  process.on('exit', () => writeFileSync(file, String(process.resourceUsage().maxRSS / 1024)));
