import type { Permission } from '#domain/permissions.js';

/** Who may: everybody, everybody who is known, who holds the permission (`Admin` holds all), or nobody. */
export type Access = 'public' | 'authenticated' | Permission | 'nobody';

/**
 * Every route of the API and who may use it, reviewed by hand: reads need TaskRead, writes TaskWrite, deletion TaskDelete,
 * workers WorkerRead, statistics SystemRead (rulings, "All dialects"). HEAD is as GET; every other method is
 * answered 405, OPTIONS only to who is known. A new route fails `route-walk.contract.spec.ts` until it stands here.
 */
export const ROUTE_ACCESS: Readonly<Record<string, Access>> = {
  // 001, the native API
  'GET /api/v1/scheduler/task-functions': 'TaskRead',
  'GET /api/v1/scheduler/job-types': 'TaskRead',
  'GET /api/v1/scheduler/jobs': 'TaskRead',
  'POST /api/v1/scheduler/jobs': 'TaskWrite',
  'GET /api/v1/scheduler/jobs/:job_id': 'TaskRead',
  'PUT /api/v1/scheduler/jobs/:job_id': 'TaskWrite',
  'DELETE /api/v1/scheduler/jobs/:job_id': 'TaskDelete',
  'PUT /api/v1/scheduler/jobs/:job_id/status': 'TaskWrite',
  'POST /api/v1/scheduler/jobs/:job_id/pause': 'TaskWrite',
  'POST /api/v1/scheduler/jobs/:job_id/resume': 'TaskWrite',
  'POST /api/v1/scheduler/jobs/:job_id/trigger': 'TaskWrite',
  'GET /api/v1/scheduler/jobs/:job_id/executions': 'TaskRead',
  'GET /api/v1/scheduler/executions': 'TaskRead',
  'GET /api/v1/scheduler/executions/:execution_id': 'TaskRead',
  'POST /api/v1/scheduler/executions/:execution_id/cancel': 'TaskWrite',
  'GET /api/v1/scheduler/executions/:execution_id/logs': 'TaskRead',
  'GET /api/v1/scheduler/executions/:execution_id/logs/stream': 'TaskRead',
  'POST /api/v1/scheduler/schedule/preview': 'TaskRead',
  'GET /api/v1/scheduler/status': 'SystemRead',

  // The native API of the platform itself
  'GET /api/v1/scheduler/me': 'authenticated',
  'GET /api/v1/scheduler/meta': 'authenticated',
  'GET /api/v1/scheduler/health': 'SystemRead',
  'GET /api/v1/scheduler/workers': 'WorkerRead',
  'GET /api/v1/scheduler/workers/:worker_id': 'WorkerRead',
  'GET /api/v1/scheduler/queues': 'SystemRead',
  'GET /api/v1/scheduler/stream': 'TaskRead',
  // Everybody has keys of their own; `all=true` is for administrators
  'GET /api/v1/scheduler/api-keys': 'authenticated',
  'POST /api/v1/scheduler/api-keys': 'authenticated',
  'DELETE /api/v1/scheduler/api-keys/:key_id': 'authenticated',
  'GET /api/v1/scheduler/users': 'Admin',
  'POST /api/v1/scheduler/users': 'Admin',
  'GET /api/v1/scheduler/users/:user_id': 'Admin',
  'PUT /api/v1/scheduler/users/:user_id': 'Admin',
  'PUT /api/v1/scheduler/users/:user_id/password': 'Admin',
  'DELETE /api/v1/scheduler/users/:user_id/sessions': 'Admin',
  'PUT /api/v1/scheduler/me/password': 'authenticated',
  // The history of one job is also for TaskRead
  'GET /api/v1/scheduler/audit': 'Admin',

  // 000, Timer4Tasker, where it is not open to everybody
  'POST /api/v1/tasks': 'TaskWrite',
  'GET /api/v1/tasks': 'TaskRead',
  'GET /api/v1/tasks/:task_id': 'TaskRead',
  'PUT /api/v1/tasks/:task_id': 'TaskWrite',
  'DELETE /api/v1/tasks/:task_id': 'TaskDelete',
  'POST /api/v1/tasks/:task_id/toggle': 'TaskWrite',
  'POST /api/v1/tasks/:task_id/execute': 'TaskWrite',
  'GET /api/v1/tasks/:task_id/executions': 'TaskRead',
  'GET /api/v1/stats': 'SystemRead',

  // 002, the distributed task scheduler
  'POST /api/auth/login': 'public',
  'POST /api/auth/refresh': 'public',
  'GET /api/auth/validate': 'authenticated',
  'POST /api/auth/logout': 'authenticated',
  'POST /api/auth/api-keys': 'Admin',
  'GET /api/auth/api-keys': 'Admin',
  'DELETE /api/auth/api-keys/:id': 'Admin',
  'POST /api/tasks': 'TaskWrite',
  'GET /api/tasks': 'TaskRead',
  'GET /api/tasks/:id': 'TaskRead',
  'PUT /api/tasks/:id': 'TaskWrite',
  'PATCH /api/tasks/:id': 'TaskWrite',
  'DELETE /api/tasks/:id': 'TaskDelete',
  'POST /api/tasks/:id/trigger': 'TaskWrite',
  'GET /api/tasks/:id/runs': 'TaskRead',
  'GET /api/tasks/:id/stats': 'TaskRead',
  'GET /api/task-runs/:id': 'TaskRead',
  'GET /api/workers': 'WorkerRead',
  'GET /api/workers/:id': 'WorkerRead',
  'GET /api/workers/:id/stats': 'WorkerRead',
  'GET /api/system/health': 'SystemRead',
  'GET /api/system/stats': 'SystemRead',

  // Operation
  'GET /health': 'public',
  'GET /health/live': 'public',
  'GET /health/ready': 'public',
  'GET /metrics': 'public',

  // Documentation, as Swagger registers it; the licence of its files is not served
  'GET /docs': 'public',
  'GET /docs/scheduler': 'public',
  'GET /docs/scheduler/': 'public',
  'GET /docs/scheduler/index.html': 'public',
  'GET /docs/scheduler/LICENSE': 'nobody',
  'GET /docs/scheduler/openapi.json': 'public',
  'GET /docs/scheduler/swagger-ui-init.js': 'public',
  'GET /docs/scheduler/scheduler/swagger-ui-init.js': 'public',
  'GET /docs/timer4tasker': 'public',
  'GET /docs/timer4tasker/': 'public',
  'GET /docs/timer4tasker/index.html': 'public',
  'GET /docs/timer4tasker/LICENSE': 'nobody',
  'GET /docs/timer4tasker/openapi.json': 'public',
  'GET /docs/timer4tasker/swagger-ui-init.js': 'public',
  'GET /docs/timer4tasker/timer4tasker/swagger-ui-init.js': 'public',
  'GET /docs/distributed': 'public',
  'GET /docs/distributed/': 'public',
  'GET /docs/distributed/index.html': 'public',
  'GET /docs/distributed/LICENSE': 'nobody',
  'GET /docs/distributed/openapi.json': 'public',
  'GET /docs/distributed/swagger-ui-init.js': 'public',
  'GET /docs/distributed/distributed/swagger-ui-init.js': 'public',
};
