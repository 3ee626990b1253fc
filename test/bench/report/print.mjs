/** Prints a result as the page shows it. */
export function printResult({ table, verdicts, notes = [] }) {
  console.table(table);
  for (const { goal, must, value, met } of verdicts) console.log(`${met === null ? '    ' : met ? 'MET ' : 'MISS'} ${goal}: ${String(value)}${must === null ? '' : ` (must: ${must})`}`);
  for (const note of notes) console.log(`  ${note}`);
}
