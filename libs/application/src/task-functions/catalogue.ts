import type { JsonObject } from '#domain/json.js';
import type { TaskFunction } from './task-function.js';

/** A task function that comes with the product. */
export type CatalogueEntry = Omit<TaskFunction, 'createdAt' | 'isActive'>;

const text: JsonObject = { type: 'string', minLength: 1 };
const textMap: JsonObject = { type: 'object', additionalProperties: { type: 'string' } };
const days: JsonObject = { type: 'integer', minimum: 0, maximum: 36_500 };

const filePath: JsonObject = { type: 'string', minLength: 1, maxLength: 4_096 };

/** Limit of one attempt of a function that goes through files of any size: 6 hours, milliseconds. */
const FILE_TASK_TIMEOUT_MS = 21_600_000;

/** Accepts both spellings of a member, as document 002 has snake_case and the native API camelCase. */
function requiring(...alternatives: string[]): JsonObject {
  return { anyOf: alternatives.map((name) => ({ required: [name] })) };
}

/**
 * The six functions of document 001, in its order (rulings), then the command types that every dialect shares, then the
 * task types of document 000. That leaves every member of a configuration optional, so that no schema here requires one:
 * what is missing fails the execution.
 */
export const CATALOGUE: readonly CatalogueEntry[] = [
  {
    id: 1,
    name: 'sync_domain_users',
    displayName: 'Domain User Sync',
    description: 'Synchronize users from Active Directory',
    handlerPath: 'tasks.ad_sync_tasks.sync_domain_users_task',
    handlerType: 'celery_task',
    queue: 'ad_queue',
    defaultTimeoutMs: 600_000,
    argumentSchema: { type: 'object', properties: { source: text } },
    isSystem: true,
  },
  {
    id: 2,
    name: 'cleanup_expired_tokens',
    displayName: 'Token Cleanup',
    description: 'Remove expired refresh tokens and sessions',
    handlerPath: 'tasks.maintenance_tasks.cleanup_expired_sessions_task',
    handlerType: 'async_function',
    queue: 'default',
    defaultTimeoutMs: 300_000,
    argumentSchema: { type: 'object', properties: { retention_days: days } },
    isSystem: true,
  },
  {
    id: 3,
    name: 'cleanup_stale_desktop_sessions',
    displayName: 'Desktop Session Cleanup',
    description: 'Close sessions of agents that stopped sending heartbeats',
    handlerPath: 'tasks.maintenance_tasks.cleanup_stale_desktop_sessions_task',
    handlerType: 'async_function',
    queue: 'default',
    defaultTimeoutMs: 300_000,
    argumentSchema: {
      type: 'object',
      properties: { timeout_minutes: { type: 'integer', minimum: 1, maximum: 525_600 } },
    },
    isSystem: true,
  },
  {
    id: 4,
    name: 'cleanup_stale_deployment_jobs',
    displayName: 'Deployment Job Cleanup',
    description: 'Close executions that wait for a start that never comes',
    handlerPath: 'tasks.maintenance_tasks.cleanup_stale_deployment_jobs_task',
    handlerType: 'celery_task',
    queue: 'celery',
    defaultTimeoutMs: 300_000,
    argumentSchema: {
      type: 'object',
      properties: { stale_after_hours: { type: 'integer', minimum: 1, maximum: 8_760 } },
    },
    isSystem: true,
  },
  {
    id: 5,
    name: 'cleanup_expired_files',
    displayName: 'Expired File Cleanup',
    description: "Remove old files from the platform's file store",
    handlerPath: 'tasks.minio_file_tasks.cleanup_expired_files',
    handlerType: 'celery_task',
    queue: 'file_queue',
    defaultTimeoutMs: 300_000,
    argumentSchema: { type: 'object', properties: { retention_days: days } },
    isSystem: false,
  },
  {
    id: 6,
    name: 'retry_pending_uploads',
    displayName: 'Pending Upload Retry',
    description: "Move uploads that were left pending into the platform's file store",
    handlerPath: 'tasks.minio_file_tasks.retry_pending_uploads',
    handlerType: 'celery_task',
    queue: 'file_queue',
    defaultTimeoutMs: 300_000,
    argumentSchema: { type: 'object', properties: {} },
    isSystem: false,
  },
  {
    id: 7,
    name: 'shell',
    displayName: 'Shell Command',
    description: 'Run a command through a shell on a worker',
    handlerPath: 'takt.executors.shell',
    handlerType: 'shell',
    queue: 'default',
    defaultTimeoutMs: 300_000,
    argumentSchema: {
      type: 'object',
      required: ['command'],
      properties: { command: text, working_directory: text, environment: textMap, shell: text },
    },
    isSystem: false,
  },
  {
    id: 8,
    name: 'http',
    displayName: 'HTTP Request',
    description: 'Send an HTTP request from a worker',
    handlerPath: 'takt.executors.http',
    handlerType: 'http',
    queue: 'default',
    defaultTimeoutMs: 300_000,
    argumentSchema: {
      type: 'object',
      required: ['url'],
      properties: {
        url: text,
        method: text,
        headers: textMap,
        timeout_ms: { type: 'integer', minimum: 1 },
        follow_redirects: { type: 'boolean' },
      },
    },
    isSystem: false,
  },
  {
    id: 9,
    name: 'python',
    displayName: 'Python Script',
    description: 'Run a Python script on a worker',
    handlerPath: 'takt.executors.python',
    handlerType: 'python',
    queue: 'default',
    defaultTimeoutMs: 300_000,
    argumentSchema: {
      type: 'object',
      properties: {
        script_path: text,
        arguments: { type: 'array', items: { type: 'string' } },
        python_executable: text,
        working_directory: text,
        environment: textMap,
        virtual_env: text,
      },
      ...requiring('script_path', 'scriptPath'),
    },
    isSystem: false,
  },
  {
    id: 10,
    name: 'file_cleanup',
    displayName: 'File Cleanup',
    description: 'Delete files below a folder that match a pattern and are older than a number of days',
    handlerPath: 'takt.functions.file_cleanup',
    handlerType: 'function',
    queue: 'file_queue',
    defaultTimeoutMs: FILE_TASK_TIMEOUT_MS,
    argumentSchema: {
      type: 'object',
      properties: {
        path: filePath,
        pattern: { type: 'string', minLength: 1, maxLength: 256 },
        days,
        dry_run: { type: 'boolean' },
      },
    },
    isSystem: false,
  },
  {
    id: 11,
    name: 'data_summary',
    displayName: 'Data Summary',
    description: 'Count the rows of CSV, TSV, JSON or NDJSON files and describe each of their columns',
    handlerPath: 'takt.functions.data_summary',
    handlerType: 'function',
    queue: 'file_queue',
    defaultTimeoutMs: FILE_TASK_TIMEOUT_MS,
    argumentSchema: {
      type: 'object',
      properties: { source: filePath, format: { type: 'string', enum: ['csv', 'tsv', 'json', 'ndjson'] } },
    },
    isSystem: false,
  },
  {
    id: 12,
    name: 'data_backup',
    displayName: 'Data Backup',
    description: 'Copy a file or folder into a target folder, dated and verified',
    handlerPath: 'takt.functions.data_backup',
    handlerType: 'function',
    queue: 'file_queue',
    defaultTimeoutMs: FILE_TASK_TIMEOUT_MS,
    argumentSchema: {
      type: 'object',
      properties: {
        source: filePath,
        target: filePath,
        format: { type: 'string', enum: ['copy', 'tar.gz'] },
        keep: { type: 'integer', minimum: 1, maximum: 10_000 },
      },
    },
    isSystem: false,
  },
];

/** Ids from here on belong to functions that users add to a worker. */
export const FIRST_USER_FUNCTION_ID = 1_000;
