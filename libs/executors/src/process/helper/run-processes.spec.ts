import { describe, expect, it } from 'vitest';
import { HAS_PROCFS, readProcess, type ProcessEntry, type ProcessTable } from './process-table.js';
import { RunProcesses } from './run-processes.js';

/** No machine gives out pids as high as these: the kernel knows no group of that number. */
const MAIN = 2_000_000_000;
const RUN = { runId: 'r1', mainPid: MAIN, startTicks: 1_000 };

const aMember = (overrides: Partial<ProcessEntry> & { pid: number }): ProcessEntry => ({ ppid: 1, pgrp: MAIN, session: MAIN, state: 'S', startTicks: 1_001, ...overrides });
const dead = (pid: number): ProcessEntry => aMember({ pid, state: 'Z' });

interface Reading {
  readonly entries?: readonly ProcessEntry[];
  readonly vanished?: boolean;
}

/** Gives these tables one after the other, the last one again and again. */
function tables(...readings: readonly Reading[]): { fresh: () => Promise<ProcessTable>; count: () => number } {
  let count = 0;
  return {
    count: () => count,
    fresh: () => {
      const { entries = [], vanished = false } = readings[Math.min(count, readings.length - 1)] ?? {};
      count += 1;
      return Promise.resolve({ entries: new Map(entries.map((entry) => [entry.pid, entry])), variable: () => null, vanished: () => vanished });
    },
  };
}

const ENDED = { wasStopped: false };
const isGone = async (...readings: readonly Reading[]): Promise<boolean> => new RunProcesses(RUN, tables(...readings), null).isGone(ENDED);

describe('whether a run is gone', () => {
  it('is proven by one search during which nothing vanished', async () => {
    const one = tables({});
    expect(await new RunProcesses(RUN, one, null).isGone(ENDED)).toBe(true);
    expect(one.count()).toBe(1);
  });

  it('takes two searches where something vanished', async () => {
    expect(await isGone({ vanished: true })).toBe(true);
    expect(await isGone({ vanished: true }, { entries: [aMember({ pid: 7 })] })).toBe(false);
  });

  it('takes more searches when the run was stopped', async () => {
    const late = tables({ vanished: true }, { vanished: true }, { vanished: true }, { entries: [aMember({ pid: 7 })] });
    expect(await new RunProcesses(RUN, late, null).isGone({ wasStopped: true })).toBe(false);
    const never = tables({ vanished: true });
    expect(await new RunProcesses(RUN, never, null).isGone({ wasStopped: true })).toBe(true);
    expect(never.count()).toBe(6);
  });

  it('is not so when a member has just died: it may have left a child behind the back of the search', async () => {
    expect(await isGone({ entries: [dead(7)] })).toBe(false);
    expect(await isGone({ vanished: true }, { vanished: true, entries: [dead(8)] })).toBe(false);
  });

  it('takes a second search where somebody died of whom one cannot say whose it was', async () => {
    const stranger = { ...dead(7), pgrp: 7, session: 7 };
    expect(await isGone({ entries: [stranger] })).toBe(true);
    expect(await isGone({ entries: [stranger] }, { entries: [aMember({ pid: 8 })] })).toBe(false);
  });

  it('is so when the only dead are those of before, which nobody reaps', async () => {
    const run = new RunProcesses(RUN, tables({ entries: [dead(7)] }), null);
    expect([await run.isGone(ENDED), await run.isGone(ENDED)]).toEqual([false, true]);
  });

  it.skipIf(!HAS_PROCFS)('is not so while the kernel knows a group that no entry is in', async () => {
    // The group of this process, which is left out of the table.
    const mainPid = readProcess(process.pid)?.pgrp ?? 0;
    expect(await new RunProcesses({ ...RUN, mainPid }, tables({ vanished: true }), null).isGone(ENDED)).toBe(false);
  });
});

describe('killing', () => {
  it('goes on while links of a chain die between its searches', async () => {
    const chain = tables({ entries: [dead(7)] }, { entries: [dead(8)] }, { vanished: true, entries: [dead(9)] }, { entries: [aMember({ pid: MAIN + 1 })] }, {});
    expect(await new RunProcesses(RUN, chain, null).kill(() => false)).toEqual({ killed: 1, survivors: [] });
    expect(chain.count()).toBe(5);
  });

  it('does not search longer because what it killed is not reaped', async () => {
    const stubborn = tables({ entries: [aMember({ pid: MAIN + 1 })] }, { entries: [dead(MAIN + 1)] });
    expect(await new RunProcesses(RUN, stubborn, null).kill(() => false)).toEqual({ killed: 1, survivors: [] });
    expect(stubborn.count()).toBe(2);
  });
});
