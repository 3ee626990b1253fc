/**
 * For dependency-cruiser: `#domain/x.js` means the source `libs/domain/src/x.ts`. Followed through package.json it would
 * end in dist/, which is not looked at, and the rules about layers would see no import at all.
 */
const { join, resolve } = require('node:path');
const { imports } = require('../../package.json');

const aliases = Object.keys(imports).map((pattern) => {
  const name = pattern.replace('/*', '');
  return [name, join(resolve(__dirname, '../..'), 'libs', name.slice(1), 'src')];
});

/** The UI's own: `@/x` is `apps/admin/src/x`. */
const admin = { '@': join(resolve(__dirname, '../..'), 'apps', 'admin', 'src') };

module.exports = { resolve: { alias: { ...Object.fromEntries(aliases), ...admin } } };
