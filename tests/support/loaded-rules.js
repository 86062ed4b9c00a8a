/** The rule files as `npm run mutation` loaded and checked them once, in place of plans/load: reading them anew for every mutant takes most of its time. */
const { readFileSync } = require('node:fs');

exports.loadRules = () => JSON.parse(readFileSync(process.env.LOADED_RULES, 'utf8'));
