/** The checker: evidence in, a finding for each invariant out. Pure. */
import { checkAttemptLimits, checkAttemptOrder, checkNoEarlyStart, checkNoEternalRun } from './attempts.js';
import type { Evidence } from './evidence.js';
import type { Finding } from './judge.js';
import { checkCompleteness, checkReasons, checkUniqueness } from './ledger.js';
import { checkEnds, checkExtraRuns, checkOrphans, checkOutput, checkRealOverlap } from './markers.js';
import { checkCounters, checkLeaders, checkLiveness, checkSlots } from './system.js';
import { checkAcknowledged, checkReplaced } from './writes.js';

/** I5 (lateness) is a target of each scenario, not an invariant; I17 (dependencies) cannot be set up through this API. */
const CHECKS = {
  I1: ['every due time is in the ledger, and nothing else', checkCompleteness],
  I2: ['no occurrence twice', checkUniqueness],
  I3: ['reasons of skips are true', checkReasons],
  I4: ['no early start', checkNoEarlyStart],
  I6: ['nothing runs for ever', checkNoEternalRun],
  I7: ['attempts one after the other, tokens grow, final is final', checkAttemptOrder],
  I8: ['no real overlap of tasks', checkRealOverlap],
  I9: ['no run without a claim, none twice', checkExtraRuns],
  I10: ['success means the task ended well, and the reverse', checkEnds],
  I11: ['acknowledged writes are there', checkAcknowledged],
  I12: ['nothing starts under a replaced definition', checkReplaced],
  I13: ['never more running than maxInstances', checkSlots],
  I14: ['one leader at a time, and only it does its duties', checkLeaders],
  I15: ['no process outlives its run', checkOrphans],
  I16: ['attempts, losses and retry delays within their limits', checkAttemptLimits],
  I18: ['the API counts and shows what is there', checkCounters],
  I19: ['output is complete', checkOutput],
  I20: ['it catches up within 60 s', checkLiveness],
} as const satisfies Record<string, readonly [string, (evidence: Evidence) => Finding]>;

export type Invariant = keyof typeof CHECKS;

export interface InvariantResult extends Finding {
  readonly id: Invariant;
  readonly title: string;
}

export function check(evidence: Evidence): InvariantResult[] {
  return Object.entries(CHECKS).map(([id, [title, judge]]) => ({ id: id as Invariant, title, ...judge(evidence) }));
}
