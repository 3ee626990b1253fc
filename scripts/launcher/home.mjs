/**
 * `TAKT_HOME`: one directory with everything that `npm start` keeps. Deleting it is a reset.
 *
 *   secrets.json   generated secrets, 0600
 *   state.json     what must survive a restart: port and place of the database
 *   run.json       who runs now: the launcher and its services
 *   logs/          install, build, postgres and one file for each service
 *   postgres/      the embedded database
 */
import { randomBytes } from 'node:crypto';
import { chmodSync, mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { StartError } from './terminal.mjs';

export function openHome(directory) {
  // As root the database runs as another user, which has to pass through; names stay hidden from it.
  const mode = process.getuid?.() === 0 ? 0o711 : 0o700;
  try {
    mkdirSync(join(directory, 'logs'), { recursive: true, mode: 0o700 });
    chmodSync(directory, mode);
  } catch (error) {
    const owner = statSync(directory, { throwIfNoEntry: false })?.uid;
    throw new StartError(`TAKT_HOME ${directory} cannot be used${owner === undefined ? '' : ` (it belongs to uid ${owner})`}: ${error.message}`);
  }
  const file = (name) => join(directory, name);
  return {
    directory,
    log: (name) => join(directory, 'logs', `${name}.log`),
    lockFile: file('launcher.lock'),
    readRun: () => readJson(file('run.json')),
    writeRun: (run) => writeJson(file('run.json'), run),
    readState: () => readJson(file('state.json')),
    updateState: (change) => writeJson(file('state.json'), { ...readJson(file('state.json')), ...change }),
    secrets: () => loadSecrets(file('secrets.json')),
  };
}

/** Generated once, then always the same: the database knows its password, tokens their signature. */
function loadSecrets(path) {
  const kept = readJson(path);
  const secrets = {
    jwtSecret: kept.jwtSecret ?? randomBytes(48).toString('base64url'),
    databasePassword: kept.databasePassword ?? randomBytes(24).toString('base64url'),
  };
  writeJson(path, secrets);
  return secrets;
}

function readJson(path) {
  let text;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    if (error.code === 'ENOENT') return {};
    throw new StartError(`${path} cannot be read: ${error.message}`);
  }
  try {
    return JSON.parse(text);
  } catch {
    throw new StartError(`${path} is damaged: it is not JSON. Restore it, or move it away to have a new one made.`);
  }
}

/** Written beside and renamed: a reader, or a start after a power cut, sees the old text or the new one. */
function writeJson(path, value) {
  const draft = `${path}.${process.pid}`;
  writeFileSync(draft, `${JSON.stringify(value, null, 2)}\n`, { mode: 0o600 });
  renameSync(draft, path);
}
