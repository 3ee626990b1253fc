import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { isTaskFunction, type TaskFunction } from './task-function.js';

/** Compiled files; where the sources run (vitest), the sources. */
const TASK_FILE = /^[^.].*\.task\.(js|mjs|ts)$/;

/**
 * Imports every `*.task.js` file of a folder (not of its subfolders), in the order of their names: a task function is added
 * by adding a file.
 * @param folder path or `file:` URL
 * @returns the task functions; what `Services` they need is the caller's to know
 * @throws when the folder cannot be read, a file fails to load or its default export is no task function
 */
export async function loadTaskFunctions<Services>(folder: string | URL): Promise<TaskFunction<Services>[]> {
  const path = folder instanceof URL || folder.startsWith('file:') ? fileURLToPath(folder) : folder;
  const names = (await readdir(path)).filter((name) => TASK_FILE.test(name)).sort();
  return Promise.all(names.map(async (name) => load<Services>(join(path, name))));
}

async function load<Services>(file: string): Promise<TaskFunction<Services>> {
  const module = (await import(pathToFileURL(file).href)) as { default?: unknown };
  if (!isTaskFunction(module.default)) {
    throw new TypeError(`${file} must have a default export made by defineTaskFunction`);
  }
  return module.default;
}
