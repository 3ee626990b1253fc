import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';

const TICKS_PER_SECOND = Number(execFileSync('getconf', ['CLK_TCK'], { encoding: 'utf8' }));

/** CPU time of a process, its children and the children that it has reaped, milliseconds. */
export function cpuMsOf(pid) {
  const table = readTable();
  const own = table.get(pid);
  if (own === undefined) return 0;
  const ticks = own.used + own.reaped + [...descendants(pid, table)].reduce((sum, entry) => sum + entry.used + entry.reaped, 0);
  return (ticks * 1_000) / TICKS_PER_SECOND;
}

/** What was used between two readings of `Lab.cpu`, and all of it together. */
export function cpuBetween(before, after) {
  const parts = Object.fromEntries(Object.entries(after).map(([label, ms]) => [label, ms - (before[label] ?? 0)]));
  return { ...parts, total: Object.values(parts).reduce((sum, ms) => sum + ms, 0) };
}

function* descendants(pid, table) {
  for (const [child, entry] of table) {
    if (entry.parent !== pid) continue;
    yield entry;
    yield* descendants(child, table);
  }
}

function readTable() {
  const table = new Map();
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    try {
      const stat = readFileSync(`/proc/${name}/stat`, 'latin1');
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ').map(Number);
      table.set(Number(name), { parent: fields[1], used: fields[11] + fields[12], reaped: fields[13] + fields[14] });
    } catch {
      // gone meanwhile
    }
  }
  return table;
}
