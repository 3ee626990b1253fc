/**
 * Counts from vitest's JSON report. What the report cannot say (a crash, a deadline, a file that does not load) is added. A
 * test that passed only at its second try is named with what went wrong at the first.
 */
import { existsSync, readFileSync } from 'node:fs';
import { relative } from 'node:path';

export function readReport(file, { result, name, root }) {
  const report = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : { testResults: [] };
  const tests = report.testResults.flatMap((suite) =>
    suite.assertionResults.map((test) => ({
      status: test.status,
      title: `${relative(root, suite.name)}: ${test.fullName}`,
      firstFailure: test.failureMessages?.[0]?.split('\n')[0],
    })),
  );
  const having = (...statuses) => tests.filter((test) => statuses.includes(test.status)).map((test) => test.title);
  const skipped = having('pending', 'skipped', 'todo', 'disabled');
  const problems = [...having('failed'), ...brokenFiles(report, root)];
  if (result.timedOut) problems.push(`${name} was stopped: it took too long`);
  else if (result.code !== 0 && problems.length === 0) problems.push(`${name} ended with exit code ${result.code}, see above`);
  const retried = tests.filter((test) => test.status === 'passed' && test.firstFailure !== undefined).map((test) => `${test.title}: ${test.firstFailure}`);
  return { passed: having('passed').length, failed: problems.length, skipped: skipped.length, problems, notices: skipped, retried };
}

/** Counts that the fault harness wrote: `{passed, failed: string[], skipped: string[]}`. Without them the step failed. */
export function readFaultCounts(file, { result, name }) {
  const { passed, failed, skipped } = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : { passed: 0, failed: [], skipped: [] };
  const problems = [...failed];
  if (result.timedOut) problems.push(`${name} was stopped: it took too long`);
  else if (result.code !== 0 && problems.length === 0) problems.push(`${name} ended with exit code ${result.code}, see above`);
  return { passed, failed: problems.length, skipped: skipped.length, problems, notices: skipped };
}

/** Files that failed without a failing test: they do not load, or a hook threw. */
function brokenFiles(report, root) {
  return report.testResults
    .filter((suite) => suite.status === 'failed' && !suite.assertionResults.some((test) => test.status === 'failed'))
    .map((suite) => `${relative(root, suite.name)}: ${(suite.message || 'the file failed').split('\n')[0]}`);
}
