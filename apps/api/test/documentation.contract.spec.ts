import { validate } from '@readme/openapi-parser';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createTestDatabase } from '#testing/stores.js';
import { DocumentedAnswers } from './documented-answers.js';
import { startApi, type ApiUnderTest } from './api-under-test.js';

interface OpenApi {
  readonly openapi: string;
  readonly paths: Record<string, Record<string, Operation>>;
  readonly components: { readonly schemas: Record<string, object>; readonly securitySchemes: Record<string, object> };
}
interface Operation {
  readonly summary?: string;
  readonly security?: unknown[];
  readonly responses: Record<string, { readonly description: string; readonly content?: object }>;
}

let api: ApiUnderTest;
beforeAll(async () => {
  api = await startApi(await createTestDatabase());
});
afterAll(() => api.close());

async function documentOf(slug: string): Promise<OpenApi> {
  const { status, body } = await api.request(`GET /docs/${slug}/openapi.json`);
  expect(status).toBe(200);
  return body as OpenApi;
}

describe.each(['scheduler', 'distributed', 'timer4tasker'])('the OpenAPI document of the dialect %s', (slug) => {
  test('is valid against the schema of OpenAPI 3.1', async () => {
    const document = await documentOf(slug);
    expect(document.openapi).toBe('3.1.0');
    const result = await validate(structuredClone(document) as object as Parameters<typeof validate>[0]);
    expect(result.valid ? [] : result.errors).toEqual([]);
  });

  test('gives every operation a summary and every answer a description', async () => {
    const { paths } = await documentOf(slug);
    const operations = Object.values(paths).flatMap((path) => Object.values(path));
    expect(operations.length).toBeGreaterThan(3);
    for (const { summary, responses } of operations) {
      expect(summary).toBeTruthy();
      expect(Object.keys(responses).length).toBeGreaterThan(0);
    }
  });

  test('has a page that loads nothing from elsewhere', async () => {
    const page = await api.request(`GET /docs/${slug}`);
    expect(page.status).toBe(200);
    expect(page.body).not.toMatch(/(src|href)="https?:/);
    const script = await api.request(`GET /docs/${slug}/swagger-ui-init.js`);
    expect(script.headers.get('content-type')).toMatch(/javascript/);
    expect(page.headers.get('content-security-policy')).toContain("script-src 'self'");
  });
});

describe('the OpenAPI document of the native dialect', () => {
  test('has every endpoint of the API reference, and those beyond it', async () => {
    const { paths } = await documentOf('scheduler');
    const operations = Object.entries(paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path.replace('/api/v1/scheduler', '')}`),
    );
    expect(operations.sort()).toEqual(
      [
        'GET /task-functions',
        'GET /job-types',
        'GET /jobs',
        'POST /jobs',
        'GET /jobs/{job_id}',
        'PUT /jobs/{job_id}',
        'DELETE /jobs/{job_id}',
        'PUT /jobs/{job_id}/status',
        'POST /jobs/{job_id}/trigger',
        'POST /jobs/{job_id}/pause',
        'POST /jobs/{job_id}/resume',
        'GET /jobs/{job_id}/executions',
        'GET /executions',
        'GET /executions/{execution_id}',
        'POST /executions/{execution_id}/cancel',
        'GET /executions/{execution_id}/logs',
        'GET /executions/{execution_id}/logs/stream',
        'POST /schedule/preview',
        'GET /status',
        'GET /me',
        'GET /meta',
        'GET /health',
        'GET /workers',
        'GET /workers/{worker_id}',
        'GET /queues',
        'GET /stream',
        'GET /api-keys',
        'POST /api-keys',
        'DELETE /api-keys/{key_id}',
        'GET /users',
        'POST /users',
        'GET /users/{user_id}',
        'PUT /users/{user_id}',
        'PUT /users/{user_id}/password',
        'DELETE /users/{user_id}/sessions',
        'PUT /me/password',
        'GET /audit',
        'GET /jobs/{job_id}/runs',
        'POST /jobs/{job_id}/duplicate',
        'POST /jobs/bulk',
        'GET /executions/facets',
        'GET /executions/export',
        'POST /executions/{execution_id}/rerun',
        'POST /executions/bulk',
        'GET /executions/{execution_id}/logs/download',
        'GET /overview',
        'GET /overview/attention',
        'GET /timeline',
        'GET /series',
      ].sort(),
    );
  });

  test('describes the body of every answer, errors included, and asks for credentials', async () => {
    const { paths, components } = await documentOf('scheduler');
    expect(Object.keys(components.securitySchemes)).toEqual(['bearer', 'api-key']);
    for (const operation of Object.values(paths).flatMap((path) => Object.values(path))) {
      expect(operation.security).toEqual([{ bearer: [] }, { 'api-key': [] }]);
      for (const [status, { content }] of Object.entries(operation.responses)) {
        if (status !== '204') expect(content, `${operation.summary ?? ''} ${status}`).toBeDefined();
      }
      for (const status of ['401', '403', '500', '503']) expect(operation.responses).toHaveProperty(status);
    }
  });
});

test('an answer that is not as documented is noticed', async () => {
  const documented = await DocumentedAnswers.of(api.request, 'scheduler');
  const answer = { status: 200, headers: new Headers(), body: { isRunning: 'yes' } };
  const problems = documented.problems('GET /api/v1/scheduler/status', answer);
  expect(problems).toContain('GET /api/v1/scheduler/status 200 /isRunning: must be boolean');
  expect(problems).toContain(`GET /api/v1/scheduler/status 200 : must have required property 'instances'`);
});

test('the index links to all documents', async () => {
  const { status, body } = await api.request('GET /docs');
  expect(status).toBe(200);
  expect(body).toContain('href="/docs/scheduler"');
  expect(body).toContain('href="/docs/distributed/openapi.json"');
});
