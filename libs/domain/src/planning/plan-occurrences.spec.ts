import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CATCH_UP_MODES, OVERLAP_POLICIES } from '../job/scheduled-job.js';
import { ON_TIME_MS, planOccurrences, QUEUE_LIMIT, SKIP_ROWS_LIMIT, type DueFacts, type OccurrenceDecision } from './plan-occurrences.js';

fc.configureGlobal({ numRuns: 500 });

const NOW = new Date('2027-03-28T12:00:00Z');
const HOUR_MS = 3_600_000;

/** Due instants, given as how late each of them is, milliseconds. */
const late = (...latenessMs: number[]): Date[] =>
  latenessMs.toSorted((a, b) => b - a).map((ms) => new Date(NOW.getTime() - ms));

const facts = (overrides: Partial<DueFacts> = {}): DueFacts => ({
  due: late(0),
  truncated: false,
  now: NOW,
  maxInstances: 1,
  overlap: 'skip',
  catchUp: { mode: 'latest', windowMs: HOUR_MS },
  admitted: 0,
  waiting: 0,
  ...overrides,
});

const words = (decision: OccurrenceDecision): string => {
  if (decision.kind === 'run') return decision.held ? 'held' : 'run';
  return decision.kind === 'gap' ? `${String(decision.count)} × ${decision.reason}` : decision.reason;
};
const decide = (overrides: Partial<DueFacts>): string[] => planOccurrences(facts(overrides)).occurrences.map(words);

describe('an occurrence on time', () => {
  it('runs when there is a slot', () => {
    expect(decide({})).toEqual(['run']);
    expect(decide({ maxInstances: 3, admitted: 2 })).toEqual(['run']);
  });

  it('is on time up to five seconds after its instant, whatever the catch-up mode', () => {
    for (const mode of CATCH_UP_MODES) {
      expect(decide({ due: late(ON_TIME_MS), catchUp: { mode, windowMs: 0 } })).toEqual(['run']);
      expect(decide({ due: late(ON_TIME_MS + 1), catchUp: { mode, windowMs: 0 } })).toEqual(['missed_window']);
    }
  });

  it.each([
    ['skip', ['overlap', 'overlap']],
    ['queue-one', ['held', 'overlap']],
    ['queue-all', ['held', 'held']],
    ['cancel-running', ['held', 'overlap']],
    ['allow', ['limit', 'limit']],
  ] as const)('finds all slots taken under %s', (overlap, expected) => {
    const plan = planOccurrences(facts({ overlap, admitted: 1, due: late(1_000, 0) }));
    expect(plan.occurrences.map(words)).toEqual(expected);
    expect(plan.cancelsLive).toBe(overlap === 'cancel-running');
  });

  it('does not overtake those that wait, also when a slot is free', () => {
    expect(decide({ overlap: 'queue-all', waiting: 1 })).toEqual(['held']);
    expect(decide({ overlap: 'skip', waiting: 1 })).toEqual(['overlap']);
  });

  it('waits in a queue that has an end', () => {
    expect(decide({ overlap: 'queue-all', admitted: 1, waiting: QUEUE_LIMIT - 1, due: late(1_000, 0) })).toEqual(['held', 'limit']);
  });
});

describe('occurrences that were missed', () => {
  const missed = { due: late(4 * 60_000, 3 * 60_000, 2 * 60_000, 60_000) };

  it('are skipped when nothing is caught up', () => {
    expect(decide({ ...missed, catchUp: { mode: 'none', windowMs: HOUR_MS } })).toEqual(Array(4).fill('missed_window'));
  });

  it('are folded into the newest one', () => {
    expect(decide(missed)).toEqual(['coalesced', 'coalesced', 'coalesced', 'run']);
  });

  it('take those that are on time along: an outage does not end five seconds early', () => {
    const due = late(9_000, 7_000, 3_000, 1_000);
    expect(decide({ due })).toEqual(['coalesced', 'coalesced', 'coalesced', 'run']);
    expect(decide({ due, catchUp: { mode: 'all', windowMs: HOUR_MS } })).toEqual(['run', 'held', 'held', 'held']);
    expect(decide({ due, maxInstances: 9, catchUp: { mode: 'none', windowMs: 0 } })).toEqual(['missed_window', 'missed_window', 'run', 'run']);
  });

  it('are folded into one that is on time', () => {
    expect(decide({ due: late(60_000, 0) })).toEqual(['coalesced', 'run']);
  });

  it('outside the window are skipped, whatever the mode', () => {
    const windowMs = 2.5 * 60_000;
    expect(decide({ ...missed, catchUp: { mode: 'latest', windowMs } })).toEqual(['missed_window', 'missed_window', 'coalesced', 'run']);
    expect(decide({ ...missed, catchUp: { mode: 'all', windowMs } })).toEqual(['missed_window', 'missed_window', 'run', 'held']);
  });

  it('all wait for a slot when each was asked for, also under skip', () => {
    expect(decide({ ...missed, overlap: 'skip', catchUp: { mode: 'all', windowMs: HOUR_MS } })).toEqual(['run', 'held', 'held', 'held']);
  });

  it('have no newest one while more are due than were given', () => {
    expect(decide({ ...missed, truncated: true })).toEqual(Array(4).fill('coalesced'));
  });
});

describe('a long row of skips', () => {
  const row = (count: number): Date[] => late(...Array.from({ length: count }, (_, index) => 2 * HOUR_MS + index * 1_000));

  it('is kept as rows up to a hundred and becomes one gap beyond', () => {
    expect(decide({ due: row(SKIP_ROWS_LIMIT) })).toHaveLength(SKIP_ROWS_LIMIT);
    const due = row(SKIP_ROWS_LIMIT + 1);
    expect(planOccurrences(facts({ due })).occurrences).toEqual([
      { kind: 'gap', from: due[0], to: due.at(-1), count: SKIP_ROWS_LIMIT + 1, reason: 'missed_window' },
    ]);
  });

  it('ends where the reason changes', () => {
    const due = [...row(150), ...late(...Array.from({ length: 120 }, (_, index) => 600_000 + index * 1_000), 0)];
    expect(decide({ due })).toEqual(['150 × missed_window', '120 × coalesced', 'run']);
  });
});

const anyFacts: fc.Arbitrary<DueFacts> = fc.record({
  due: fc.uniqueArray(fc.integer({ min: 0, max: 3 * HOUR_MS }), { maxLength: 400 }).map((ms) => late(...ms)),
  truncated: fc.boolean(),
  now: fc.constant(NOW),
  maxInstances: fc.integer({ min: 1, max: 10 }),
  overlap: fc.constantFrom(...OVERLAP_POLICIES),
  catchUp: fc.record({ mode: fc.constantFrom(...CATCH_UP_MODES), windowMs: fc.integer({ min: 0, max: 4 * HOUR_MS }) }),
  admitted: fc.integer({ min: 0, max: 12 }),
  waiting: fc.integer({ min: 0, max: QUEUE_LIMIT + 5 }),
});

describe('every plan', () => {
  it('decides every due instant exactly once, in order', () => {
    fc.assert(
      fc.property(anyFacts, (given) => {
        const covered = planOccurrences(given).occurrences.flatMap((decision) => {
          if (decision.kind !== 'gap') return [decision.scheduledFor];
          const inside = given.due.filter((at) => at >= decision.from && at <= decision.to);
          expect(inside).toHaveLength(decision.count);
          return inside;
        });
        expect(covered).toEqual(given.due);
      }),
    );
  });

  it('never admits more than there are slots, nor lets more wait than the queue holds', () => {
    fc.assert(
      fc.property(anyFacts, (given) => {
        const runs = planOccurrences(given).occurrences.filter((decision) => decision.kind === 'run');
        const admitted = runs.filter(({ held }) => !held).length;
        expect(admitted).toBeLessThanOrEqual(Math.max(0, given.maxInstances - given.admitted));
        expect(runs.length - admitted).toBeLessThanOrEqual(Math.max(0, QUEUE_LIMIT - given.waiting));
        expect(given.waiting > 0 && admitted > 0).toBe(false);
      }),
    );
  });

  it('gives reasons that are true', () => {
    fc.assert(
      fc.property(anyFacts, (given) => {
        const { overlap, catchUp, now, due } = given;
        let [admitted, waiting] = [given.admitted, given.waiting];
        for (const decision of planOccurrences(given).occurrences) {
          const at = decision.kind === 'gap' ? decision.to : decision.scheduledFor;
          const lateMs = now.getTime() - at.getTime();
          const isFull = admitted >= given.maxInstances || waiting > 0;
          if (decision.kind === 'run') {
            if (decision.held) {
              expect(isFull).toBe(true);
              waiting += 1;
            } else admitted += 1;
            continue;
          }
          expect(decision.reason).toBeOneOf(['missed_window', 'coalesced', 'overlap', 'limit']);
          if (decision.reason === 'missed_window') {
            expect(lateMs > ON_TIME_MS && (catchUp.mode === 'none' || lateMs > catchUp.windowMs)).toBe(true);
          } else if (decision.reason === 'coalesced') {
            expect(catchUp.mode).toBe('latest');
            expect(given.truncated || at < (due.at(-1) ?? now)).toBe(true);
          } else {
            expect(isFull).toBe(true);
            if (decision.reason === 'limit') expect(overlap === 'allow' || waiting >= QUEUE_LIMIT).toBe(true);
            else expect(overlap).toBeOneOf(['skip', 'queue-one', 'cancel-running']);
          }
        }
      }),
    );
  });

  it('runs at most one missed occurrence under latest, and it is the newest that is due', () => {
    fc.assert(
      fc.property(anyFacts, (given) => {
        const runs = planOccurrences({ ...given, catchUp: { mode: 'latest', windowMs: 4 * HOUR_MS } }).occurrences.filter(({ kind }) => kind === 'run');
        const missed = runs.filter((run) => run.kind === 'run' && NOW.getTime() - run.scheduledFor.getTime() > ON_TIME_MS);
        expect(missed.length).toBeLessThanOrEqual(1);
        for (const run of missed) expect(run.kind === 'run' && run.scheduledFor).toEqual(given.due.at(-1));
      }),
    );
  });

  it('keeps no row of skips longer than the limit', () => {
    fc.assert(
      fc.property(anyFacts, (given) => {
        let length = 0;
        let reason: string | null = null;
        for (const decision of planOccurrences(given).occurrences) {
          length = decision.kind === 'skip' && decision.reason === reason ? length + 1 : 1;
          reason = decision.kind === 'skip' ? decision.reason : null;
          expect(length).toBeLessThanOrEqual(SKIP_ROWS_LIMIT);
        }
      }),
    );
  });
});
