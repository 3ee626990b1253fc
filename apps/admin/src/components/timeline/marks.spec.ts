import { describe, expect, it } from 'vitest';
import type { TimelineExecution } from '@/api/contract';
import type { Status } from '@/api/types';
import { isHollow, marksOf, nearest, worstOf, type Mark } from './marks';

const HOUR = 3_600_000;
const FROM = Date.parse('2026-11-20T12:00:00Z');
const window = { fromMs: FROM, toMs: FROM + 2 * HOUR };
const iso = (minutes: number) => new Date(FROM + minutes * 60_000).toISOString();
let number = 0;
function run(start: number, end: number | null, status: Status = 'success', started = true): TimelineExecution {
  number += 1;
  return { id: `run-${String(number)}`, number, status, trigger: 'scheduler', scheduledFor: iso(start), startedAt: started ? iso(start) : null, finishedAt: end === null ? null : iso(end) };
}
const now = FROM + HOUR;
// 1200 pixels for 120 minutes: ten pixels a minute
const marks = (executions: TimelineExecution[], projected: string[] = []) => marksOf({ executions, projected }, window, 1_200, now);

describe('the marks of a row', () => {
  it('lie where their time is, as long as they took', () => {
    expect(marks([run(30, 36)])).toMatchObject([{ kind: 'runs', x: 300, width: 60, status: 'success' }]);
  });

  it('are never too narrow to be seen', () => {
    expect(marks([run(30, 30.01)])).toMatchObject([{ x: 300, width: 3 }]);
    expect(marks([run(120, 120)])).toMatchObject([{ x: 1_197, width: 3 }]);
  });

  it('let a run that goes on reach until now', () => {
    expect(marks([run(50, null, 'running')])).toMatchObject([{ x: 500, width: 100 }]);
  });

  it('do not stretch what waits or was skipped', () => {
    expect(marks([run(50, null, 'pending', false)])).toMatchObject([{ x: 500, width: 3 }]);
    expect(marks([run(20, null, 'skipped', false)])).toMatchObject([{ x: 200, width: 3 }]);
  });

  it('are cut at the edges and left out beyond them', () => {
    expect(marks([run(-10, 6), run(-20, -10), run(130, 140)])).toMatchObject([{ x: 0, width: 60 }]);
  });

  it('put together what begins in the same place, with the status that asks for attention', () => {
    const [mark, ...others] = marks([run(30.1, 30.2), run(30, 30.1, 'failed'), run(30.3, 30.4)]);
    expect(others).toEqual([]);
    expect(mark).toMatchObject({ kind: 'runs', status: 'failed', x: 300 });
    expect(mark?.kind === 'runs' && mark.runs.map(({ scheduledFor }) => scheduledFor)).toEqual([iso(30), iso(30.1), iso(30.3)]);
  });

  it('keep coming fires apart from runs', () => {
    const found = marks([run(59.9, null, 'running')], [iso(60.1), iso(60.3), iso(90), iso(500)]);
    expect(found.map(({ kind }) => kind)).toEqual(['runs', 'fires', 'fires']);
    expect(found[1]).toMatchObject({ x: 601, at: [iso(60.1), iso(60.3)] });
  });

  it.each([480, 600, 1_000, 1_013, 1_400])('of even steps are even, in %d pixels', (width) => {
    const everyHalfMinute = Array.from({ length: 240 }, (_, at) => iso(at / 2));
    const found = marksOf({ executions: [], projected: everyHalfMinute }, window, width, FROM).map(({ x }) => x).slice(0, -1);
    const gaps = found.slice(1).map((x, at) => x - (found[at] ?? 0));
    expect(gaps.length).toBeGreaterThan(50);
    expect(Math.max(...gaps) - Math.min(...gaps)).toBeLessThan(0.001);
    expect(Math.min(...gaps)).toBeGreaterThan(3);
  });

  it('show what was cancelled apart from what is to come', () => {
    const found = marks([run(10, 12, 'cancelled'), run(20, 22, 'skipped', false)], [iso(70)]);
    expect(found.map(isHollow)).toEqual([false, true, true]);
  });

  it('are none without a width', () => {
    expect(marksOf({ executions: [run(30, 36)], projected: [] }, window, 0, now)).toEqual([]);
  });
});

describe('the worst status', () => {
  it.each([
    [['success', 'timeout', 'failed'], 'failed'],
    [['success', 'skipped'], 'skipped'],
    [['success', 'running'], 'running'],
    [['success'], 'success'],
  ] as const)('of %o is %s', (statuses, worst) => {
    expect(worstOf(statuses)).toBe(worst);
  });
});

describe('the mark under the pointer', () => {
  const at = (x: number, width: number): Mark => ({ kind: 'fires', x, width, at: [] });
  const row = [at(0, 100), at(50, 3), at(300, 3)];

  it('is the one on top', () => {
    expect(nearest(row, 51)).toBe(1);
    expect(nearest(row, 20)).toBe(0);
  });

  it('may be a few pixels away, no more', () => {
    expect(nearest(row, 296)).toBe(2);
    expect(nearest(row, 200)).toBeNull();
  });
});
