import { expect, it } from 'vitest';
import type { Attempt } from '@/api/types';
import { secondsOf, stretchesOf } from './attempts';

const at = (second: number) => `2026-11-20T12:00:${String(second).padStart(2, '0')}.000Z`;
const attempt = (number: number, status: Attempt['status'], from: number, to: number | null): Attempt => ({
  attempt: number, status, startedAt: at(from), completedAt: to === null ? null : at(to), durationSeconds: null, result: null, errorMessage: null, exitCode: null, workerId: null,
});
const brief = (execution: Parameters<typeof stretchesOf>[0]) => stretchesOf(execution).map(({ kind, attempt: number, from, to }) => [kind, number, from, to]);

it('goes from the queue through the attempts to the end', () => {
  expect(brief({ status: 'success', createdAt: at(0), completedAt: at(9), attempts: [attempt(2, 'success', 7, 9), attempt(1, 'failed', 1, 3)] })).toEqual([
    ['queued', 1, at(0), at(1)],
    ['run', 1, at(1), at(3)],
    ['wait', 2, at(3), at(7)],
    ['run', 2, at(7), at(9)],
  ]);
});

it('leaves open what lasts', () => {
  expect(brief({ status: 'pending', createdAt: at(0), completedAt: null, attempts: [] })).toEqual([['queued', 1, at(0), null]]);
  expect(brief({ status: 'running', createdAt: at(0), completedAt: null, attempts: [attempt(1, 'running', 1, null)] }).at(-1)).toEqual(['run', 1, at(1), null]);
  expect(brief({ status: 'pending', createdAt: at(0), completedAt: null, attempts: [attempt(1, 'failed', 1, 2)] }).at(-1)).toEqual(['wait', 2, at(2), null]);
});

it('shows what was cancelled while it waited', () => {
  expect(brief({ status: 'cancelled', createdAt: at(0), completedAt: at(8), attempts: [attempt(1, 'failed', 1, 2)] }).at(-1)).toEqual(['wait', 2, at(2), at(8)]);
});

it('measures up to now what has no end', () => {
  const stretch = (from: number, to: number | null, tookSeconds: number | null = null) => ({ from: at(from), to: to === null ? null : at(to), tookSeconds });
  expect([secondsOf(stretch(1, 3), 0), secondsOf(stretch(1, null), Date.parse(at(5))), secondsOf(stretch(9, null), Date.parse(at(5)))]).toEqual([2, 4, 0]);
});

it('gives a run the length that its row has', () => {
  const execution = { status: 'success', createdAt: at(0), completedAt: at(3), attempts: [{ ...attempt(1, 'success', 1, 3), durationSeconds: 1.936 }] } as const;
  expect(stretchesOf({ ...execution, attempts: [...execution.attempts] }).map((stretch) => secondsOf(stretch, 0))).toEqual([1, 1.936]);
});
