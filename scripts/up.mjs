/**
 * `npm start`: installs, builds, starts everything and stays until Ctrl-C. Node's built-ins only, and nothing in this file
 * that an old Node could not read: it is the one that tells people that their Node is too old.
 */
const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  console.error('Takt needs Node.js 20.19 or newer; this is ' + process.version + ' (' + process.execPath + ').');
  console.error('Install a current version from https://nodejs.org or with your version manager and try again.');
  process.exit(2);
}
const { main } = await import('./launcher/main.mjs');
await main(process.argv.slice(2));
