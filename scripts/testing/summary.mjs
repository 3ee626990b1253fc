/** The table at the end of `npm test` and the line that machines read. */

const MAX_LISTED = 50;

/** Prints the table; returns the exit code. */
export function printSummary(results) {
  const sum = (key) => results.reduce((total, result) => total + result[key], 0);
  const [passed, failed, skipped] = [sum('passed'), sum('failed'), sum('skipped')];
  const problems = results.flatMap((result) => result.problems);
  const lines = ['', row('step', 'passed', 'failed', 'skipped', 'time'), '-'.repeat(56)];
  for (const result of results) lines.push(row(result.name, result.passed, result.failed, result.skipped, seconds(result.durationMs)));
  lines.push('-'.repeat(56), row('total', passed, failed, skipped, seconds(sum('durationMs'))));
  lines.push(...list('Passed only at the second try:', results.flatMap((result) => result.retried ?? [])));
  lines.push(...list('Skipped:', results.flatMap((result) => result.notices)), ...list('Failed:', problems));
  lines.push('', `${passed} passed, ${failed} failed${skipped === 0 ? '' : `, ${skipped} skipped`}`);
  process.stdout.write(`${lines.join('\n')}\n`);
  return failed === 0 && passed > 0 ? 0 : 1;
}

function list(title, items) {
  if (items.length === 0) return [];
  const more = items.length > MAX_LISTED ? [`  … and ${items.length - MAX_LISTED} more`] : [];
  return ['', title, ...items.slice(0, MAX_LISTED).map((item) => `  ${item}`), ...more];
}

function row(name, ...columns) {
  return `${name.padEnd(16)}${columns.map((column) => String(column).padStart(10)).join('')}`;
}

function seconds(durationMs) {
  return `${(durationMs / 1000).toFixed(1)} s`;
}
