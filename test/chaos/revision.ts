import { spawnSync } from 'node:child_process';

const UNKNOWN = 'unknown';
const CHANGED = '+changes';
/** The report is written by the runs themselves. */
const OWN_OUTPUT = ':!docs/fault-report.md';

/** Which source a run was made from: a commit's first 12 digits, `+changes` after it when files differ from it, or `unknown`. */
export function revisionOf(root: string): string {
  const commit = git(root, 'rev-parse', '--short=12', 'HEAD');
  const changes = git(root, 'status', '--porcelain', '--', '.', OWN_OUTPUT);
  if (commit === null || changes === null) return UNKNOWN;
  return changes === '' ? commit : `${commit}${CHANGED}`;
}

/** Whether two runs with this revision surely had the same source. */
export function isExact(revision: string): boolean {
  return revision !== UNKNOWN && !revision.endsWith(CHANGED);
}

function git(root: string, ...args: string[]): string | null {
  const { status, stdout } = spawnSync('git', args, { cwd: root, encoding: 'utf8' });
  return status === 0 ? stdout.trim() : null;
}
