import { describe, expect, it } from 'vitest';
import { parseStat, variableIn, type ProcessEntry, type ProcessTable } from './process-table.js';
import { runMembers, type RunIdentity } from './run-members.js';

const aProcess = (overrides: Partial<ProcessEntry> & { pid: number }): ProcessEntry => ({
  ppid: 1,
  pgrp: overrides.pid,
  session: overrides.pid,
  state: 'S',
  startTicks: 1_000,
  ...overrides,
});

function aTable(processes: readonly ProcessEntry[], runIds: Readonly<Record<number, string>> = {}): ProcessTable {
  const entries = new Map(processes.map((entry) => [entry.pid, entry]));
  return { entries, variable: (pid) => runIds[pid] ?? null, vanished: () => false };
}

const RUN: RunIdentity = { runId: 'r1', mainPid: 100, startTicks: 1_000, known: new Map() };

const pids = (table: ProcessTable, run = RUN): number[] => runMembers(table, run).map(({ pid }) => pid).sort((a, b) => a - b);

describe('runMembers', () => {
  it('finds the group, the session, descendants and marked daemons', () => {
    const table = aTable(
      [
        aProcess({ pid: 100 }),
        aProcess({ pid: 101, ppid: 100, pgrp: 100, session: 100 }),
        aProcess({ pid: 102, ppid: 101 }),
        aProcess({ pid: 103, ppid: 102 }),
        aProcess({ pid: 104 }),
        aProcess({ pid: 105, pgrp: 105, session: 100 }),
        aProcess({ pid: 106 }),
      ],
      { 104: 'r1', 106: 'r2' },
    );
    expect(pids(table)).toEqual([100, 101, 102, 103, 104, 105]);
  });

  it('leaves out what started before the run, however it is marked', () => {
    expect(pids(aTable([aProcess({ pid: 90, pgrp: 100, startTicks: 999 })], { 90: 'r1' }))).toEqual([]);
  });

  it('knows a process again that was seen earlier, by pid and start time', () => {
    const table = aTable([aProcess({ pid: 200, startTicks: 1_005 }), aProcess({ pid: 201, startTicks: 1_006 })]);
    const known = new Map([[200, 1_005], [201, 1_005]]);
    expect(pids(table, { ...RUN, known })).toEqual([200]);
  });

  it('does not take a new process for the main one because it has its pid', () => {
    const reused = aProcess({ pid: 100, startTicks: 5_000 });
    expect(pids(aTable([reused, aProcess({ pid: 101, pgrp: 100, session: 100, startTicks: 5_001 })]))).toEqual([]);
  });

  it('trusts the group when its leader is gone and the pid is free', () => {
    expect(pids(aTable([aProcess({ pid: 101, pgrp: 100, session: 100 })]))).toEqual([101]);
  });

  it('leaves out zombies but not their children', () => {
    const table = aTable([aProcess({ pid: 100, state: 'Z' }), aProcess({ pid: 101, ppid: 100 })]);
    expect(pids(table)).toEqual([101]);
  });
});

describe('parseStat', () => {
  it('reads a line whose name holds brackets and spaces', () => {
    const line = '42 (a) b (c) S 7 8 9 0 -1 4194560 1 2 3 4 5 6 7 8 20 0 1 0 123456 1000 200 18446744073709551615';
    expect(parseStat(42, line)).toEqual({ pid: 42, state: 'S', ppid: 7, pgrp: 8, session: 9, startTicks: 123_456 });
  });

  it('refuses half a line', () => {
    expect(parseStat(42, '42 (x) S 1')).toBeNull();
  });
});

describe('variableIn', () => {
  it('finds the first, a middle and the last variable, and no other by its end', () => {
    const text = 'A=1\0XTAKT_RUN_ID=no\0TAKT_RUN_ID=r=1\0Z=';
    expect(variableIn(text, 'A')).toBe('1');
    expect(variableIn(text, 'TAKT_RUN_ID')).toBe('r=1');
    expect(variableIn(text, 'Z')).toBe('');
    expect(variableIn(text, 'RUN_ID')).toBeNull();
    expect(variableIn('', 'A')).toBeNull();
  });
});
