'use strict';
/** @type {import('prettier').Config} */
module.exports = { singleQuote: true, printWidth: 110, trailingComma: 'all', proseWrap: 'preserve' };
