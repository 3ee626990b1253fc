import { AuditLog } from '#application/identity/audit-log.js';
import { createTestDatabase } from '#testing/stores.js';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startApi, type ApiUnderTest, type Send } from '../../../../test/api-under-test.js';
import { NATIVE, nativeBodies, UNKNOWN_ID, violationsOf, type BodyOf } from '../../../../test/native-answers.js';

const SECRET = 'hunter2-hunter2';
let api: ApiUnderTest;
let admin: Send;
let operator: Send;
let viewer: Send;
let bodyOf: BodyOf;

interface Entry {
  readonly id: number;
  readonly at: string;
  readonly action: string;
  readonly object: { readonly type: string | null; readonly id: string | null; readonly name: string | null };
  readonly [member: string]: unknown;
}
interface Page {
  readonly entries: Entry[];
  readonly nextCursor: string | null;
}

const search = async (query = '', send = admin): Promise<Page> => bodyOf<Page>('GET /audit', await send(`GET ${NATIVE}/audit?${query}`));
const actions = async (query: string): Promise<string[]> => (await search(query)).entries.map(({ action }) => action);

async function createJob(members: object = {}): Promise<string> {
  const body = { name: 'Audited', taskFunctionId: 5, jobTypeId: 1, scheduleConfig: { hours: 1 }, taskArgs: { retention_days: 30 }, ...members };
  return ((await operator(`POST ${NATIVE}/jobs`, { body })).body as { id: string }).id;
}

beforeAll(async () => {
  api = await startApi(await createTestDatabase());
  [admin, operator, viewer] = [await api.loginAs('admin'), await api.loginAs('operator'), await api.loginAs('viewer')];
  bodyOf = await nativeBodies(api);
});
afterAll(() => api.close());

describe('the audit log', () => {
  test('says who did what to what, newest first', async () => {
    const id = await createJob();
    const [newest, ...older] = (await search()).entries;
    expect(newest).toMatchObject({
      id: expect.any(Number) as number,
      at: expect.stringMatching(/Z$/) as string,
      actor: { type: 'user', id: expect.any(String) as string, name: 'operator' },
      action: 'job.created',
      object: { type: 'job', id, name: 'Audited' },
      ipAddress: expect.stringMatching(/127\.0\.0\.1$/) as string,
      details: { after: { name: 'Audited', taskArgs: { retention_days: 30 }, timeoutSeconds: 300 } },
    });
    expect(older.map(({ action }) => action)).toContain('user.logged_in');
  });

  test('has before and after of what was changed, and nothing else of it', async () => {
    const id = await createJob();
    await operator(`PUT ${NATIVE}/jobs/${id}`, { body: { name: 'Renamed', timeoutSeconds: 600, scheduleConfig: { hours: 2 } } });
    const [entry] = (await search(`object_type=job&object_id=${id}`)).entries;
    expect(entry).toMatchObject({ action: 'job.updated', object: { name: 'Renamed' } });
    expect(entry?.['details']).toEqual({
      name: 'Renamed',
      changed: ['name', 'scheduleConfig', 'timeoutSeconds'],
      before: { name: 'Audited', scheduleConfig: { hours: 1 }, timeoutSeconds: 300 },
      after: { name: 'Renamed', scheduleConfig: { hours: 2 }, timeoutSeconds: 600 },
    });
  });

  test('has no texts out of arguments, which may be secrets, but says that they changed', async () => {
    const id = await createJob({ taskFunctionId: 2, taskArgs: { password: SECRET, nested: [{ token: SECRET }], n: 1 } });
    const [created] = (await search(`object_id=${id}&object_type=job`)).entries;
    expect(created).toMatchObject({ details: { after: { taskArgs: { password: '(text of 15 characters)', nested: [{ token: '(text of 15 characters)' }], n: 1 } } } });
    await operator(`PUT ${NATIVE}/jobs/${id}`, { body: { taskArgs: { password: SECRET.replace('2', '3'), nested: [{ token: SECRET }], n: 1 } } });
    await operator(`POST ${NATIVE}/jobs/${id}/trigger`, { body: { taskArgs: { password: SECRET } } });
    await admin(`POST ${NATIVE}/users`, { body: { username: 'audited', email: null, password: SECRET, role: 'Viewer' } });
    const all = await search('per_page=100');
    expect(all.entries.find(({ action, object }) => action === 'job.updated' && object.id === id)).toMatchObject({ details: { changed: ['taskArgs'] } });
    expect(JSON.stringify(all)).not.toMatch(/hunter[23]/);
  });

  test('knows what deleted things were called', async () => {
    const id = await createJob({ name: 'Short-lived' });
    await admin(`DELETE ${NATIVE}/jobs/${id}`);
    const { entries } = await search(`object_type=job&object_id=${id}`);
    expect(entries.map(({ action, object }) => [action, object.name])).toEqual([['job.deleted', 'Short-lived'], ['job.created', 'Short-lived']]);
  });

  test('is searched by who, what, kind and time', async () => {
    const id = await createJob();
    await operator(`POST ${NATIVE}/jobs/${id}/pause`);
    const [paused] = (await search(`object_type=job&object_id=${id}`)).entries;
    const { id: userId } = (await operator(`GET ${NATIVE}/me`)).body as { id: string };
    expect(await actions(`actor=operator&object_type=job&object_id=${id}`)).toEqual(['job.updated', 'job.created']);
    expect(await actions(`actor=${userId}&object_id=${id}`)).toEqual(['job.updated', 'job.created']);
    expect(await actions(`actor=viewer&object_id=${id}`)).toEqual([]);
    expect(new Set(await actions('action=job.created'))).toEqual(new Set(['job.created']));
    expect((await search('object_type=session')).entries).toMatchObject(['viewer', 'operator', 'admin'].map((name) => ({ action: 'user.logged_in', object: { name } })));
    const at = encodeURIComponent(new Date(Date.parse(paused?.at ?? '') + 1).toISOString());
    expect(await actions(`object_id=${id}&to=${at}`)).toEqual(['job.updated', 'job.created']);
    expect(await actions(`object_id=${id}&from=${at}`)).toEqual([]);
    expect(await actions(`objectType=job&objectId=${UNKNOWN_ID}`)).toEqual([]);
  });

  test('is paged by cursor, without holes and twins also where entries have one instant', async () => {
    const log = api.app.get(AuditLog);
    const actor = { type: 'system', id: null, name: null } as const;
    for (let n = 0; n < 7; n += 1) await log.record({ actor, action: 'thing.done', target: { type: 'thing', id: 'paged' }, details: { n } });
    const seen: unknown[] = [];
    let cursor: string | null = '';
    for (let pages = 0; cursor !== null && pages < 9; pages += 1) {
      const page: Page = await search(`object_type=thing&per_page=3${cursor === '' ? '' : `&cursor=${cursor}`}`);
      seen.push(...page.entries.map(({ details }) => (details as { n: number }).n));
      cursor = page.nextCursor;
    }
    expect(seen).toEqual([6, 5, 4, 3, 2, 1, 0]);
  });

  test.each([
    ['from=yesterday', 'query.from: invalid datetime format'],
    ['cursor=x', 'query.cursor: value is not a cursor of an earlier page'],
    ['per_page=101', 'query.per_page: ensure this value is less than or equal to 100'],
    ['per_page=0', 'query.per_page: ensure this value is greater than or equal to 1'],
    ['actor=', 'query.actor: ensure this value has at least 1 characters'],
    ['actor=a%00', 'query.actor: NUL characters and unpaired surrogates are not allowed'],
  ])('answers 422 to %s', async (query, violation) => {
    expect(violationsOf(await admin(`GET ${NATIVE}/audit?${query}`))).toEqual([violation]);
  });

  test('is for administrators; the history of one job is also for who may read jobs', async () => {
    const id = await createJob();
    for (const send of [operator, viewer]) {
      for (const query of ['', 'object_type=job', `object_id=${id}`, `object_type=user&object_id=${id}`, `object_type=job&object_type=user&object_id=${id}`]) {
        expect([query, await send(`GET ${NATIVE}/audit?${query}`)]).toMatchObject([query, { status: 403, body: { detail: 'Admin permission required' } }]);
      }
      expect((await search(`object_type=job&object_id=${id}`, send)).entries).toMatchObject([{ action: 'job.created' }]);
      expect((await search(`objectType=job&objectId=${id}`, send)).entries).toMatchObject([{ action: 'job.created' }]);
    }
    expect((await api.request(`GET ${NATIVE}/audit`)).status).toBe(401);
  });
});
