import { connect } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createTestDatabase } from '#testing/stores.js';
import { startApi, type Answer, type ApiUnderTest, type Send } from './api-under-test.js';

const BASE = '/api/v1/scheduler';
const SEEDED = '550e8400-e29b-41d4-a716-446655440000';
const GOOD = { name: 'Good name', taskFunctionId: 5, jobTypeId: 1, scheduleConfig: { hours: 1 } };

let api: ApiUnderTest;
let admin: Send & { readonly token: string };
beforeAll(async () => {
  api = await startApi(await createTestDatabase());
  admin = await api.loginAs('admin');
});
afterAll(() => api.close());

/** All that a request could have changed. */
async function snapshot(): Promise<unknown> {
  const count = async (table: string): Promise<unknown> =>
    api.database.query({ name: `count_${table}`, text: `select md5(coalesce(string_agg(t::text, '' order by t::text), '')) as digest from ${table} t` });
  return Promise.all(['scheduled_job', 'execution', 'task_function'].map(count));
}

/** The answer is a clear refusal in the dialect's form, and nothing changed. */
async function refused(ask: () => Promise<Answer>, status: number): Promise<Answer> {
  const before = await snapshot();
  const answer = await ask();
  expect([answer.status, answer.body]).toEqual([status, answer.body]);
  const { detail } = answer.body as { detail: unknown };
  if (status !== 422) expect(detail).toEqual(expect.any(String));
  else {
    expect(detail).toEqual(expect.any(Array));
    for (const violation of detail as object[]) {
      expect(violation).toEqual({ loc: expect.any(Array) as unknown[], msg: expect.any(String) as string, type: expect.any(String) as string });
    }
  }
  expect(await snapshot()).toEqual(before);
  return answer;
}

/** Loc and type of every violation. */
function violations({ body }: Answer): unknown[] {
  return (body as { detail: { loc: unknown; type: string }[] }).detail.map(({ loc, type }) => [loc, type]);
}

function nested(depth: number): object {
  let value: object = {};
  for (let level = 1; level < depth; level += 1) value = { deeper: value };
  return value;
}

describe('bodies of POST /jobs', () => {
  test.each<[string, object, string[], string]>([
    ['a name of 1 character', { name: 'x' }, ['name'], 'value_error.any_str.min_length'],
    ['a name of 201 characters', { name: 'x'.repeat(201) }, ['name'], 'value_error.any_str.max_length'],
    ['a name of 256 characters', { name: 'x'.repeat(256) }, ['name'], 'value_error.any_str.max_length'],
    ['a name of blanks', { name: '     ' }, ['name'], 'value_error.any_str.min_length'],
    ['a name that is a number', { name: 42 }, ['name'], 'type_error.str'],
    ['a name that is null', { name: null }, ['name'], 'type_error.str'],
    ['a NUL character', { name: 'a\u0000b' }, ['name'], 'value_error.str.characters'],
    ['a lone surrogate', { description: 'a\ud800b' }, ['description'], 'value_error.str.characters'],
    ['a NUL deep in the arguments', { taskArgs: { a: [{ b: 'x\u0000' }] } }, ['taskArgs', 'a', 0, 'b'] as string[], 'value_error.str.characters'],
    ['a NUL in a member’s name', { taskArgs: { 'a\u0000': 1 } }, ['taskArgs'], 'value_error'],
    ['a description of 1001 characters', { description: 'x'.repeat(1001) }, ['description'], 'value_error.any_str.max_length'],
    ['a task function that is text', { taskFunctionId: '5' }, ['taskFunctionId'], 'type_error.integer'],
    ['a task function that is a fraction', { taskFunctionId: 1.5 }, ['taskFunctionId'], 'type_error.integer'],
    ['a task function beyond the integers', { taskFunctionId: 2 ** 63 }, ['taskFunctionId'], 'value_error.number.not_le'],
    ['a task function below 1', { taskFunctionId: -1 }, ['taskFunctionId'], 'value_error.number.not_ge'],
    ['a job type that is an object', { jobTypeId: {} }, ['jobTypeId'], 'type_error.integer'],
    ['a name that is an object', { name: { constructor: 'x' } }, ['name'], 'type_error.str'],
    ['a mode that is an object', { catchUp: { mode: { constructor: 'x' } } }, ['catchUp', 'mode'], 'type_error.enum'],
    ['a schedule that is text', { scheduleConfig: 'hourly' }, ['scheduleConfig'], 'type_error.dict'],
    ['a schedule that is a list', { scheduleConfig: [] }, ['scheduleConfig'], 'type_error.dict'],
    ['arguments that are a list', { taskArgs: [1] }, ['taskArgs'], 'type_error.dict'],
    ['a file for an HTTP request', { taskFunctionId: 8, taskArgs: { url: 'file:///etc/passwd' } }, ['taskArgs', 'url'], 'value_error'],
    ['an FTP server for an HTTP request', { taskFunctionId: 8, taskArgs: { url: 'ftp://example.org/' } }, ['taskArgs', 'url'], 'value_error'],
    ['credentials that cannot be decoded', { taskFunctionId: 8, taskArgs: { url: 'http://a:%ZZ@example.org/' } }, ['taskArgs', 'url'], 'value_error'],
    ['a line break in a header', { taskFunctionId: 8, taskArgs: { url: 'http://example.org/', headers: { 'X-A': 'b\r\nX-C: d' } } }, ['taskArgs', 'headers', 'X-A'], 'value_error'],
    ['a library to load first', { taskFunctionId: 7, taskArgs: { command: 'true', environment: { LD_PRELOAD: '/tmp/x.so' } } }, ['taskArgs', 'environment', 'LD_PRELOAD'], 'value_error'],
    ['a PATH that begins here', { taskFunctionId: 7, taskArgs: { command: 'true', environment: { PATH: '.:/bin' } } }, ['taskArgs', 'environment', 'PATH'], 'value_error'],
    ['a shell that is none', { taskFunctionId: 7, taskArgs: { command: 'true', shell: '/usr/bin/perl' } }, ['taskArgs', 'shell'], 'value_error'],
    ['an interpreter by a relative path', { taskFunctionId: 9, taskArgs: { scriptPath: '/a.py', pythonExecutable: 'bin/python' } }, ['taskArgs', 'pythonExecutable'], 'value_error'],
    ['a flag that is text', { isEnabled: 'true' }, ['isEnabled'], 'type_error.bool'],
    ['no instances', { maxInstances: 0 }, ['maxInstances'], 'value_error.number.not_ge'],
    ['11 instances', { maxInstances: 11 }, ['maxInstances'], 'value_error.number.not_le'],
    ['no time', { timeoutSeconds: 0 }, ['timeoutSeconds'], 'value_error.number.not_ge'],
    ['more than a day', { timeoutSeconds: 86_401 }, ['timeoutSeconds'], 'value_error.number.not_le'],
    ['11 retries', { retryCount: 11 }, ['retryCount'], 'value_error.number.not_le'],
    ['a negative delay', { retryDelaySeconds: -1 }, ['retryDelaySeconds'], 'value_error.number.not_ge'],
    ['a delay of more than an hour', { retryDelaySeconds: 3601 }, ['retryDelaySeconds'], 'value_error.number.not_le'],
    ['an unknown overlap policy', { overlapPolicy: 'explode' }, ['overlapPolicy'], 'type_error.enum'],
    ['catch-up that is text', { catchUp: 'all' }, ['catchUp'], 'type_error.dict'],
    ['catch-up of an unknown mode', { catchUp: { mode: 'some' } }, ['catchUp', 'mode'], 'type_error.enum'],
    ['catch-up without a mode', { catchUp: {} }, ['catchUp', 'mode'], 'value_error.missing'],
    ['a priority of 1001', { priority: 1001 }, ['priority'], 'value_error.number.not_le'],
    ['jitter above 1', { retryJitter: 1.1 }, ['retryJitter'], 'value_error.number.not_le'],
    ['a start that is no time', { startAt: 'tomorrow' }, ['startAt'], 'value_error.datetime'],
    ['an end on the 30th of February', { endAt: '2030-02-30T00:00:00Z' }, ['endAt'], 'value_error.datetime'],
  ])('%s', async (_what, members, path, type) => {
    const answer = await refused(() => admin(`POST ${BASE}/jobs`, { body: { ...GOOD, ...members } }), 422);
    expect(violations(answer)).toEqual([[['body', ...path], type]]);
  });

  test('arguments that a job is given later', async () => {
    const body = { name: 'Good until now', taskFunctionId: 7, jobTypeId: 1, scheduleConfig: { hours: 1 }, taskArgs: { command: 'true' } };
    const { id } = (await admin(`POST ${BASE}/jobs`, { body })).body as { id: string };
    const taskArgs = { command: 'true', environment: { LD_PRELOAD: '/tmp/x.so' } };
    expect(violations(await refused(() => admin(`PUT ${BASE}/jobs/${id}`, { body: { taskArgs } }), 422))).toEqual([
      [['body', 'taskArgs', 'environment', 'LD_PRELOAD'], 'value_error'],
    ]);
  });

  test('nothing at all: every missing member is named', async () => {
    const answer = await refused(() => admin(`POST ${BASE}/jobs`, { body: {} }), 422);
    expect(violations(answer)).toEqual(
      ['name', 'taskFunctionId', 'jobTypeId', 'scheduleConfig'].map((member) => [['body', member], 'value_error.missing']),
    );
  });

  test.each<[string, object]>([
    ['1e999 in the arguments', { raw: '{"taskArgs":{"n":1e999}}' }],
    ['a member __proto__', { raw: '{"taskArgs":{"__proto__":{"polluted":true}}}' }],
    ['33 levels', { taskArgs: nested(33) }],
    ['1001 members', { taskArgs: Object.fromEntries(Array.from({ length: 1001 }, (_, index) => [`m${String(index)}`, 1])) }],
    ['10001 items', { taskArgs: { list: Array.from({ length: 10_001 }, () => 1) } }],
  ])('%s', async (_what, members) => {
    const body = 'raw' in members ? String(members.raw) : { ...GOOD, ...members };
    await refused(() => admin(`POST ${BASE}/jobs`, { body }), 422);
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
  });

  test('half a million levels', async () => {
    const body = `{"taskArgs":${'['.repeat(500_000)}${']'.repeat(500_000)}}`;
    await refused(() => admin(`POST ${BASE}/jobs`, { body }), 422);
  });

  test.each<[string, string, number]>([
    ['not JSON', '{"name":', 400],
    ['nothing but a word', 'hello', 400],
    ['a list', '[]', 422],
    ['a number', '5', 422],
    ['null', 'null', 422],
    ['a text', '"x"', 422],
    ['more than 1 MiB', JSON.stringify({ ...GOOD, description: 'x'.repeat(1_048_576) }), 413],
  ])('%s', async (_what, body, status) => {
    await refused(() => admin(`POST ${BASE}/jobs`, { body }), status);
  });

  test('other media types', async () => {
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'application/xml', 'multipart/form-data; boundary=x']) {
      await refused(() => admin(`POST ${BASE}/jobs`, { body: 'name=x', headers: { 'content-type': type } }), 415);
    }
    await refused(() => admin(`POST ${BASE}/jobs`, { body: '{}', headers: { 'content-type': 'application/json; charset=latin9' } }), 415);
  });

  test('bytes that are no UTF-8, and a bomb', async () => {
    const post = async (body: Uint8Array<ArrayBuffer>, headers: Record<string, string>): Promise<Answer> => {
      const all = { authorization: `Bearer ${admin.token}`, 'content-type': 'application/json', ...headers };
      const response = await fetch(`${api.url}${BASE}/jobs`, { method: 'POST', headers: all, body });
      return { status: response.status, headers: response.headers, body: await response.json() };
    };
    await refused(() => post(Uint8Array.from(Buffer.from('7b226e616d65223a22ff22 7d'.replace(' ', ''), 'hex')), {}), 400);
    const bomb = Uint8Array.from(gzipSync(Buffer.alloc(20_000_000, 0x20)));
    await refused(() => post(bomb, { 'content-encoding': 'gzip' }), 413);
  });

  test('members of the answer are not taken from the request', async () => {
    const answer = await admin(`POST ${BASE}/jobs`, { body: { ...GOOD, id: SEEDED, createdBy: SEEDED, lastStatus: 'success', nextRunTime: null, number: 1 } });
    expect(answer.status).toBe(201);
    expect(answer.body).toMatchObject({ lastStatus: null, nextRunTime: expect.any(String) as string });
    expect(answer.body).not.toMatchObject({ id: SEEDED });
  });

  test('strange names and arguments that are fine come back as they were', async () => {
    const name = `<img onerror=x> '; drop table scheduled_job; -- %_\\ \u202e 😀`;
    const taskArgs = { constructor: 'Acme', 'toString': null, list: [1, 'two', { three: 3 }], then: 'x' };
    const answer = await admin(`POST ${BASE}/jobs`, { body: { ...GOOD, name, taskArgs } });
    expect([answer.status, answer.body]).toMatchObject([201, { name, taskArgs }]);
    const long = await admin(`POST ${BASE}/jobs`, { body: { ...GOOD, name: '😀'.repeat(200) } });
    expect(long.status).toBe(201);
  });
});

test('other bodies are checked alike', async () => {
  for (const body of [{}, { isEnabled: null }, { isEnabled: 1 }, { isEnabled: 'false' }]) {
    const answer = await refused(() => admin(`PUT ${BASE}/jobs/${SEEDED}/status`, { body }), 422);
    expect(violations(answer)).toEqual([[['body', 'isEnabled'], expect.any(String)]]);
  }
  await refused(() => admin(`PUT ${BASE}/jobs/${SEEDED}`, { body: { name: '' } }), 422);
  await refused(() => admin(`PUT ${BASE}/jobs/${SEEDED}`, { body: { scheduleConfig: { hours: 0, minutes: 0, seconds: 0 } } }), 422);
  await refused(() => admin(`PUT ${BASE}/jobs/${SEEDED}`, { body: { taskFunctionId: 99 } }), 400);
  await refused(() => admin(`POST ${BASE}/jobs/${SEEDED}/trigger`, { body: { taskArgs: 'x' } }), 422);
  await refused(() => admin(`POST ${BASE}/schedule/preview`, { body: { jobTypeId: 1, scheduleConfig: { hours: 1 }, count: 101 } }), 422);
});

describe('queries', () => {
  test.each<[string, string, string]>([
    ['jobs?page=0', 'page', 'value_error.number.not_ge'],
    ['jobs?page=-1', 'page', 'value_error.number.not_ge'],
    ['jobs?page=abc', 'page', 'type_error.integer'],
    ['jobs?page=1.5', 'page', 'type_error.integer'],
    ['jobs?page=1e9', 'page', 'type_error.integer'],
    ['jobs?page=', 'page', 'type_error.integer'],
    ['jobs?page=1&page=2', 'page', 'type_error.integer'],
    ['jobs?page=99999999999999999999', 'page', 'value_error.number.not_le'],
    ['jobs?per_page=0', 'per_page', 'value_error.number.not_ge'],
    ['jobs?per_page=101', 'per_page', 'value_error.number.not_le'],
    ['jobs?is_enabled=yes', 'is_enabled', 'type_error.bool'],
    ['jobs?is_enabled=TRUE', 'is_enabled', 'type_error.bool'],
    ['jobs?task_function_id=x', 'task_function_id', 'type_error.integer'],
    ['jobs?task_function_id=9223372036854775808', 'task_function_id', 'value_error.number.not_le'],
    ['jobs?name=a&name=b', 'name', 'type_error.str'],
    ['jobs?name=%00', 'name', 'value_error.str.characters'],
    ['task-functions?is_active=1', 'is_active', 'type_error.bool'],
    ['executions?status=exploded', 'status', 'type_error.enum'],
    ['executions?job_id=1', 'job_id', 'type_error.uuid'],
    ['executions?per_page=101', 'per_page', 'value_error.number.not_le'],
    [`jobs/${SEEDED}/executions?status=exploded`, 'status', 'type_error.enum'],
  ])('%s', async (path, member, type) => {
    const answer = await refused(() => admin(`GET ${BASE}/${path}`), 422);
    expect(violations(answer)).toEqual([[['query', member], type]]);
  });

  test('a page far beyond the end is empty', async () => {
    const answer = await admin(`GET ${BASE}/jobs?page=2147483647&per_page=100`);
    expect([answer.status, (answer.body as { jobs: unknown[] }).jobs]).toEqual([200, []]);
  });
});

describe('paths', () => {
  test.each(['GET /jobs/x', 'PUT /jobs/1', 'DELETE /jobs/%00', `POST /jobs/${SEEDED}'/trigger`, 'GET /jobs/x/executions'])(
    '%s is no UUID',
    async (line) => {
      const answer = await refused(() => admin(line.replace(' /', ` ${BASE}/`), line.startsWith('PUT') ? { body: {} } : {}), 422);
      expect(violations(answer)).toEqual([[['path', 'job_id'], 'type_error.uuid']]);
    },
  );

  test('an id in upper case is the same id', async () => {
    expect((await admin(`GET ${BASE}/jobs/${SEEDED.toUpperCase()}`)).body).toMatchObject({ id: SEEDED });
  });

  test('unknown routes, wrong methods and undecodable URLs are worded by the dialect of the path', async () => {
    await refused(() => admin(`GET ${BASE}/nothing/here`), 404);
    await refused(() => admin('GET /nothing/here'), 404);
    await refused(() => admin('GET /api/v1/nothing'), 404);
    await refused(() => admin(`GET ${BASE}/jobs/%E4%B8`), 400);
    const answer = await refused(() => admin(`PATCH ${BASE}/jobs/${SEEDED}`, { body: {} }), 405);
    expect(answer.headers.get('allow')).toBe('DELETE, GET, HEAD, PUT');
    for (const path of ['/api/auth/nothing', '/api/nothing', '/api', '/api/tasks-of-others']) {
      const { status, body } = await admin(`GET ${path}`);
      expect([path, status, body]).toMatchObject([path, 404, { success: false, error: { code: 'NOT_FOUND' } }]);
    }
    const malformed = await api.request('POST /api/auth/login', { body: '{' });
    expect([malformed.status, malformed.body]).toMatchObject([400, { success: false, error: { code: 'VALIDATION_ERROR' } }]);
  });
});

describe('every answer', () => {
  test('has the security headers, an id, and says nothing about what it is made of', async () => {
    const { headers } = await api.request(`GET ${BASE}/jobs`);
    expect(headers.get('x-powered-by')).toBeNull();
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('referrer-policy')).toBe('no-referrer');
    expect(headers.get('access-control-allow-origin')).toBeNull();
    expect(headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
  });

  test('repeats a harmless request id and replaces another', async () => {
    const given = await api.request('GET /health', { headers: { 'x-request-id': 'abc-1' } });
    expect(given.headers.get('x-request-id')).toBe('abc-1');
    const odd = await api.request('GET /health', { headers: { 'x-request-id': '<script>' } });
    expect(odd.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
  });

  test('to HEAD is that to GET without the body', async () => {
    const head = await admin(`HEAD ${BASE}/jobs`);
    expect([head.status, head.body, head.headers.get('x-page')]).toEqual([200, '', '1']);
    expect((await api.request(`HEAD ${BASE}/jobs`)).status).toBe(401);
  });

  test('to a defect is 500 with an id that is in the log, and nothing else', async () => {
    await api.database.query({ name: 'break', text: 'alter table job_type rename to job_type_away' });
    await api.database.query({ name: 'break2', text: 'alter table scheduled_job rename to scheduled_job_away' });
    const answer = await admin(`GET ${BASE}/jobs`);
    await api.database.query({ name: 'mend', text: 'alter table scheduled_job_away rename to scheduled_job' });
    await api.database.query({ name: 'mend2', text: 'alter table job_type_away rename to job_type' });
    const id = answer.headers.get('x-request-id') ?? '';
    expect([answer.status, answer.body]).toEqual([500, { detail: `Internal Server Error (reference ${id})` }]);
    const lines = api.log.filter((line) => line.includes(id));
    expect(lines).toHaveLength(1);
    expect(lines[0]).toContain('http.unexpected_error');
  });
});

test('headers that never end are cut off', async () => {
  const { hostname, port } = new URL(api.url);
  const answer = await new Promise<string>((resolve, reject) => {
    const socket = connect(Number(port), hostname, () => socket.write(`GET / HTTP/1.1\r\nX-Long: ${'x'.repeat(20_000)}\r\n\r\n`));
    let text = '';
    socket.on('data', (bytes) => (text += bytes.toString()));
    socket.on('close', () => resolve(text));
    socket.on('error', reject);
  });
  expect(answer).toMatch(/^HTTP\/1\.1 431 /);
});
