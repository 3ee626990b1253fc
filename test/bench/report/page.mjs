/** Keeps each goal's raw data in docs/benchmarks and makes docs/benchmarks.md of all that is there. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../lab/lab.mjs';

const FOLDER = join(ROOT, 'docs', 'benchmarks');

export function saveResult(name, result) {
  mkdirSync(FOLDER, { recursive: true });
  writeFileSync(join(FOLDER, `${name}.json`), `${JSON.stringify(result, null, 2)}\n`);
}

/** @param names goals in the order of the page */
export function writePage(names) {
  const results = names
    .map((name) => ({ name, file: join(FOLDER, `${name}.json`) }))
    .filter(({ file }) => existsSync(file))
    .map(({ name, file }) => ({ name, ...JSON.parse(readFileSync(file, 'utf8')) }));
  const notes = join(FOLDER, 'notes.md');
  const parts = [HEAD, summary(results), ...(existsSync(notes) ? [readFileSync(notes, 'utf8').trim()] : []), ...results.map(section)];
  writeFileSync(join(ROOT, 'docs', 'benchmarks.md'), `${parts.join('\n\n')}\n`);
}

const HEAD = `# Benchmarks

Made by \`npm run bench\`; the words between the summary and the sections come from \`docs/benchmarks/notes.md\`, all figures from
the raw data beside it. Everything runs on one machine, clients and stores included, and often in the company of other work: **an
absolute figure says little, the ratio of two figures of one section is what counts.** Each figure is the median of the section's
rounds. Postgres runs durable (\`fsync\` and \`synchronous_commit\` on), metrics and logs are on as they are by default, one API
process with the scheduler role and one worker process.

\`\`\`
npm run bench                      # everything, about a quarter of an hour
npm run bench -- --quick           # a check with small numbers, writes nothing
npm run bench -- burst steady      # some goals
BENCH_PROFILE=worker npm run bench -- throughput --rounds 1    # writes a CPU profile to the temporary folder
\`\`\``;

function summary(results) {
  const lines = results.flatMap(({ name, verdicts }) =>
    verdicts.map(({ goal, must, value, met }) => row([goal, must ?? '–', value, met === null ? 'for information' : met ? 'met' : '**missed**', `[${name}](#${name})`])),
  );
  return ['## Summary', '', row(['goal', 'must', 'measured', '', 'section']), row(['---', '---', '---', '---', '---']), ...lines].join('\n');
}

function section({ name, title, machine, rounds, size, table }) {
  const { date, cores, cpu, memoryGiB, loadBefore, node, bullmq, postgres, redis, commit } = machine;
  const where = `${date}Z, commit ${commit}; ${String(cores)} cores (${cpu}), ${String(memoryGiB)} GiB, load before ${loadBefore.join(' ')}; Node ${node}, BullMQ ${bullmq}, PostgreSQL ${postgres}, Redis ${redis}; ${String(rounds)} rounds; ${JSON.stringify(size)}.`;
  const columns = Object.keys(Object.values(table)[0] ?? {});
  const lines = Object.entries(table).map(([label, cells]) => row([label, ...columns.map((column) => cells[column] ?? '')]));
  return [`## ${name}`, '', `${title[0].toUpperCase()}${title.slice(1)}. Raw data: [${name}.json](benchmarks/${name}.json).`, '', where, '', row(['', ...columns]), row(['---', ...columns.map(() => '---:')]), ...lines].join('\n');
}

const row = (cells) => `| ${cells.join(' | ')} |`;
