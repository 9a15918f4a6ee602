'use strict';
// A thread starts as JavaScript; the rest of it is TypeScript.
const { createJiti } = require('jiti');

void createJiti(__filename).import('./thread.ts');
