/** `npm run chaos -- planted`: each defect must be seen, and without it the same run must be clean. */
import { patched } from '../harness/product-copy.js';
import { runScenario, saveVerdict, type RunOptions } from '../verdict.js';
import { REDIS_ONLY, type Scenario } from '../scenarios/scenario.js';
import { DEFECTS, type Defect } from './defects.js';

const NO_LIMIT_MS = 600_000;

export interface PlantedResult {
  readonly id: string;
  readonly title: string;
  readonly isCaught: boolean;
  readonly red: readonly string[];
  readonly example: string;
}

/** Planted defects that the build has changed under: they would have to be planted anew. @returns what is wrong with each */
export function misfits(root: string): string[] {
  return DEFECTS.flatMap(({ id, patches }) => {
    try {
      for (const patch of patches) patched(root, patch);
      return [];
    } catch (error) {
      return [`${id}: ${String(error)}`];
    }
  });
}

/** @param only ids of defects; empty means all. @param isControl the same runs without the defects, which must be clean */
export async function runPlanted(options: Omit<RunOptions, 'patches'>, only: readonly string[], isControl: boolean): Promise<PlantedResult[]> {
  const results: PlantedResult[] = [];
  for (const defect of DEFECTS) {
    if (only.length > 0 && !only.includes(defect.id)) continue;
    const given = isControl ? { patches: [] } : { patches: defect.patches, ...(defect.spoil === undefined ? {} : { spoil: defect.spoil }) };
    const verdict = await runScenario(scenarioOf(defect), { ...options, ...given });
    saveVerdict(options.root, { ...verdict, scenario: `${isControl ? 'control' : 'planted'}-${defect.id}` });
    const red = verdict.invariants.filter(({ violations }) => violations.length > 0);
    const wanted = red.find(({ id }) => defect.expected.includes(id));
    results.push({
      id: defect.id,
      title: defect.title,
      isCaught: isControl ? verdict.isSafe : wanted !== undefined,
      red: red.map(({ id }) => id),
      example: verdict.error ?? (wanted ?? red[0])?.violations[0] ?? '',
    });
    const last = results.at(-1);
    process.stdout.write(`${last?.isCaught === true ? (isControl ? 'clean ' : 'caught') : 'MISSED'} ${defect.id}: ${last?.red.join(' ') ?? ''} ${last?.example ?? ''}\n`);
  }
  return results;
}

function scenarioOf(defect: Defect): Scenario {
  return {
    id: `planted-${defect.id}`,
    title: defect.title,
    backends: REDIS_ONLY,
    workload: defect.workload,
    latenessLimitMs: NO_LIMIT_MS,
    run: async (lab, ids) => {
      await defect.run(lab, ids);
      return [];
    },
  };
}
