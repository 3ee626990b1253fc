import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { expectError, TasksUnderTest, type Page } from '../../../../test/tasks-under-test.js';

let tasks: TasksUnderTest;
beforeAll(async () => {
  tasks = await TasksUnderTest.start();
});
afterAll(() => tasks.api.close());

describe('bad input', () => {
  const snapshot = async (): Promise<unknown> =>
    tasks.sql("select md5(string_agg(j::text, '' order by j.id)) as jobs, (select count(*) from job_dependency) as edges from scheduled_job j");
  const nested = (depth: number): object => (depth === 0 ? {} : { deeper: nested(depth - 1) });

  test.each<[string, object, string]>([
    ['no name', { name: undefined }, 'name'],
    ['an empty name', { name: '' }, 'name'],
    ['a blank name', { name: '   ' }, 'name'],
    ['a name of 256 characters', { name: 'x'.repeat(256) }, 'name'],
    ['a name that is a number', { name: 5 }, 'name'],
    ['a name that is an object', { name: { constructor: 'x' } }, 'name'],
    ['a NUL character in the name', { name: 'a\u0000b' }, 'name'],
    ['a NUL character in the parameters', { parameters: { command: 'a\u0000b' } }, 'parameters.command'],
    ['parameters that are nested 100 deep', { parameters: { command: 'true', environment: nested(100) } }, ''],
    ['no task type', { task_type: undefined }, 'task_type'],
    ['a task type of 101 characters', { task_type: 'x'.repeat(101) }, 'task_type'],
    ['an unknown task type', { task_type: "shell'; drop table scheduled_job; --" }, 'task_type'],
    ['no schedule', { schedule: undefined }, 'schedule'],
    ['a schedule of 256 characters', { schedule: '*'.repeat(256) }, 'schedule'],
    ['a schedule that is a list', { schedule: ['* * * * *'] }, 'schedule'],
    ['a missing parameter', { parameters: {} }, 'parameters.command'],
    ['parameters that are a list', { parameters: ['true'] }, 'parameters'],
    ['parameters of the wrong type', { parameters: { command: 5 } }, 'parameters.command'],
    ['a library to load first', { parameters: { command: 'true', environment: { LD_PRELOAD: '/x.so' } } }, 'parameters.environment.LD_PRELOAD'],
    ['a shell that is none', { parameters: { command: 'true', shell: '/usr/bin/perl' } }, 'parameters.shell'],
    ['a file for an HTTP request', { task_type: 'http', parameters: { url: 'file:///etc/passwd' } }, 'parameters.url'],
    ['a line break in a header', { task_type: 'http', parameters: { url: 'http://a.example/', headers: { 'X-A': 'b\r\nc' } } }, 'parameters.headers.X-A'],
    ['a negative timeout', { timeout_seconds: -1 }, 'timeout_seconds'],
    ['no timeout', { timeout_seconds: 0 }, 'timeout_seconds'],
    ['a timeout of more than a day', { timeout_seconds: 86_401 }, 'timeout_seconds'],
    ['a timeout as text', { timeout_seconds: '60' }, 'timeout_seconds'],
    ['half a second', { timeout_seconds: 0.5 }, 'timeout_seconds'],
    ['a negative number of retries', { max_retries: -1 }, 'max_retries'],
    ['11 retries', { max_retries: 11 }, 'max_retries'],
    ['dependencies that are no list', { dependencies: 1 }, 'dependencies'],
    ['dependencies that are texts', { dependencies: ['1'] }, 'dependencies'],
    ['a dependency out of range', { dependencies: [2 ** 40] }, 'dependencies'],
    ['a negative dependency', { dependencies: [-1] }, 'dependencies'],
    ['101 dependencies', { dependencies: Array.from({ length: 101 }, (_, index) => index + 1) }, 'dependencies'],
    ['an unknown status', { status: 'Paused' }, 'status'],
  ])('is answered 422 and changes nothing: %s', async (_words, members, field) => {
    const before = await snapshot();
    const answer = await tasks.admin('POST /api/tasks', { body: tasks.simple(members) });
    const { details } = expectError(answer, 422, 'VALIDATION_ERROR');
    expect(details?.map((detail) => detail.field)).toContain(field);
    expect(await snapshot()).toEqual(before);
  });

  test('is answered 400 when it is no JSON, 422 when it is no object, 413 when it is too large', async () => {
    const before = await snapshot();
    expectError(await tasks.admin('POST /api/tasks', { body: '{"name": ' }), 400, 'VALIDATION_ERROR');
    expectError(await tasks.admin('POST /api/tasks', { body: '[]' }), 422, 'VALIDATION_ERROR');
    expectError(await tasks.admin('POST /api/tasks', { body: tasks.simple({ parameters: { command: 'x'.repeat(1_100_000) } }) }), 413, 'PAYLOAD_TOO_LARGE');
    expectError(await tasks.admin('GET /api/tasks/1/unheard-of'), 404, 'NOT_FOUND');
    expectError(await tasks.admin('POST /api/task-runs/1'), 405, 'METHOD_NOT_ALLOWED');
    expect(await snapshot()).toEqual(before);
  });

  test('stores what looks like SQL as text', async () => {
    const name = "Robert'); drop table scheduled_job; --";
    expect(await tasks.createTask({ name })).toMatchObject({ name });
    const { items } = tasks.dataOf<Page>('GET /api/tasks', await tasks.viewer(`GET /api/tasks?name=${encodeURIComponent(name)}`));
    expect(items).toHaveLength(1);
  });
});
