/** A program of its own that uses the compiled library, so that a test can kill it as a worker is killed. */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

const SOURCES = fileURLToPath(new URL('../', import.meta.url));

const MAIN = `
import { ProcessSupervisor } from './process/process-supervisor.js';
const [cgroup, command, mark] = process.argv.slice(2);
const onEvent = ({ event, pid }) => console.log(event, pid);
const supervisor = new ProcessSupervisor({ workerEnvironment: process.env, cgroup, onEvent });
const environment = (runId) => ({ TAKT_RUN_ID: runId, TEST_MARK: mark });
const onOutput = ({ text }) => process.stdout.write(text);
const { signal } = new AbortController();
await supervisor.run({ file: '/bin/bash', args: ['-c', command], cwd: '/', environment, onOutput, signal });
`;

/** Compiles the process library as the build does. @returns the folder that holds it and a `main.js` */
export function compileWorkerProgram(): string {
  const target = mkdtempSync(join(tmpdir(), 'takt-worker-program-'));
  const compilerOptions = { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2023 };
  for (const folder of ['process', 'process/helper']) {
    for (const name of readdirSync(join(SOURCES, folder)).filter((file) => /(?<!\.spec)\.ts$/.test(file))) {
      const file = join(target, folder, name.replace(/\.ts$/, '.js'));
      mkdirSync(dirname(file), { recursive: true });
      const source = readFileSync(join(SOURCES, folder, name), 'utf8');
      writeFileSync(file, ts.transpileModule(source, { compilerOptions }).outputText);
    }
  }
  writeFileSync(join(target, 'package.json'), '{"type":"module"}');
  writeFileSync(join(target, 'main.js'), MAIN);
  return target;
}

/** Starts the program: it runs one command, whose processes carry `TEST_MARK=<mark>`, and prints what the command prints. File 251 is open in it, left by the shell that starts it. */
export function startWorkerProgram(
  folder: string,
  { cgroup, command, mark }: { readonly cgroup: 'auto' | 'off'; readonly command: string; readonly mark: string },
): ChildProcess & { readonly printed: () => string } {
  const program = [process.execPath, join(folder, 'main.js'), cgroup, command, mark];
  const child = spawn('/bin/bash', ['-c', 'exec 251</dev/null; exec "$@"', 'bash', ...program], { stdio: ['ignore', 'pipe', 'inherit'] });
  let printed = '';
  child.stdout.on('data', (chunk: Buffer) => (printed += chunk.toString()));
  return Object.assign(child, { printed: () => printed });
}
