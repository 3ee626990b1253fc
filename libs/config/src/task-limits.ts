/** Limits of each task process. */
import { z } from 'zod';

/** Members that are absent are unlimited. */
export interface TaskLimits {
  /** Processes of the tasks' user, all of them together. The kernel does not apply it to root. */
  readonly processes?: number;
  /** Largest file that a task may write, bytes. */
  readonly fileSizeBytes?: number;
  /** CPU time of one process, seconds. */
  readonly cpuSeconds?: number;
  /** Address space of one process, bytes. */
  readonly addressSpaceBytes?: number;
}

const MIB = 2 ** 20;
const MAX_VALUE = 1_000_000_000;
const NAMES = {
  processes: (value: number): TaskLimits => ({ processes: value }),
  file_mib: (value: number): TaskLimits => ({ fileSizeBytes: value * MIB }),
  cpu_seconds: (value: number): TaskLimits => ({ cpuSeconds: value }),
  memory_mib: (value: number): TaskLimits => ({ addressSpaceBytes: value * MIB }),
} as const;

const ENTRY = /^([a-z_]+)\s*=\s*(\d{1,10})$/;

/** `processes=512,file_mib=1024,cpu_seconds=3600,memory_mib=4096`, each at most once, any left out. */
export const taskLimits: z.ZodType<TaskLimits, string> = z.string().transform((text, context) => {
  const parsed = parse(text);
  if (parsed !== null) return parsed;
  const message = `expected limits such as processes=512,file_mib=1024 from ${Object.keys(NAMES).join(', ')}, each once and from 1 to ${String(MAX_VALUE)}`;
  context.issues.push({ code: 'custom', input: text, message });
  return z.NEVER;
});

function parse(text: string): TaskLimits | null {
  const seen = new Set<string>();
  let limits: TaskLimits = {};
  for (const item of text.split(',')) {
    const [, name = '', digits = ''] = ENTRY.exec(item.trim()) ?? [];
    const value = Number(digits);
    if (!isName(name) || seen.has(name) || value < 1 || value > MAX_VALUE) return null;
    seen.add(name);
    limits = { ...limits, ...NAMES[name](value) };
  }
  return Object.freeze(limits);
}

function isName(name: string): name is keyof typeof NAMES {
  return Object.hasOwn(NAMES, name);
}
