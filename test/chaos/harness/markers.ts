/** Reads what tasks wrote to their files, and finds task processes that are still alive. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Marker } from '../checker/evidence.js';

interface MarkerLine extends Omit<Marker, 'scheduledFor' | 'mono'> {
  readonly scheduledFor: string;
  readonly mono: number;
}

export function readMarkers(directory: string): Marker[] {
  return readdirSync(directory).flatMap((file) =>
    readFileSync(join(directory, file), 'utf8')
      .split('\n')
      .filter((line) => line.endsWith('}'))
      .map((line) => {
        const marker = JSON.parse(line) as MarkerLine;
        return { ...marker, scheduledFor: Date.parse(marker.scheduledFor), mono: marker.mono * 1_000 };
      }),
  );
}

/** Live processes of tasks of these jobs: `pid command`. */
export function taskProcesses(isOurs: (jobId: string) => boolean): { pid: number; execution: string; text: string }[] {
  return readdirSync('/proc').flatMap((name) => {
    if (!/^\d+$/.test(name)) return [];
    try {
      const variables = readFileSync(`/proc/${name}/environ`, 'utf8').split('\0');
      const value = (key: string): string => variables.find((one) => one.startsWith(`${key}=`))?.slice(key.length + 1) ?? '';
      if (!isOurs(value('TAKT_JOB_ID'))) return [];
      const stat = readFileSync(`/proc/${name}/stat`, 'latin1');
      if (stat.slice(stat.lastIndexOf(')') + 2).startsWith('Z')) return [];
      const command = readFileSync(`/proc/${name}/cmdline`, 'utf8').replaceAll('\0', ' ').trim();
      return [{ pid: Number(name), execution: value('TAKT_EXECUTION_ID'), text: `${name} ${command}` }];
    } catch {
      return []; // gone meanwhile
    }
  });
}
