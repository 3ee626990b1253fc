/**
 * `npm run bench [-- <goal>…] [--quick] [--dry] [--rounds N]`: measures the built product beside raw BullMQ on this machine and writes
 * docs/benchmarks.md. `--quick` is a check of a minute or two with small numbers; it prints and writes nothing. `--dry` takes the
 * full numbers and writes nothing either.
 */
import { parseArgs } from 'node:util';
import { GOALS } from './goals/index.mjs';
import { Lab } from './lab/lab.mjs';
import { describeMachine } from './lab/machine.mjs';
import { saveResult, writePage } from './report/page.mjs';
import { printResult } from './report/print.mjs';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { quick: { type: 'boolean', default: false }, rounds: { type: 'string' }, dry: { type: 'boolean', default: false } },
});

const unknown = positionals.filter((name) => !(name in GOALS));
if (unknown.length > 0) {
  console.error(`Unknown goal ${unknown.join(', ')}. There are: ${Object.keys(GOALS).join(', ')}`);
  process.exit(2);
}

const chosen = positionals.length > 0 ? positionals : Object.keys(GOALS);
const options = { quick: values.quick, rounds: Number(values.rounds ?? (values.quick ? 1 : 3)) };
const lab = await Lab.open();
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => void lab.close().finally(() => process.exit(130)));
const isWritten = !values.quick && !values.dry;
let failed = 0;
try {
  const machine = describeMachine(lab);
  for (const name of chosen) {
    console.log(`\n== ${name}: ${GOALS[name].title}`);
    try {
      const result = await GOALS[name].run(lab, options);
      printResult(result);
      if (isWritten) saveResult(name, { title: GOALS[name].title, machine, rounds: options.rounds, ...result });
    } catch (error) {
      failed += 1;
      console.error(error);
    } finally {
      await lab.stopProcesses();
    }
  }
  if (isWritten) writePage(Object.keys(GOALS));
} finally {
  await lab.close();
}
process.exit(failed === 0 ? 0 : 1);
