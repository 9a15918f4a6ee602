'use strict';
/* global requireByNode -- of ./environment.js */
module.exports = requireByNode('@kubernetes/client-node');
