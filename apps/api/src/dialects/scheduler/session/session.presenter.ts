import type { OwnAccount } from '#application/identity/own-account.js';
import type { PlatformFacts } from '#application/system/platform-facts.js';
import { PASSWORD_MAX_LENGTH, PASSWORD_MIN_LENGTH } from '#identity/passwords/password-policy.js';
import { BODY_LIMIT_BYTES } from '../../../http/body.js';
import { KEY_LIFETIME_MAX_DAYS } from '../access/key-lifetime.js';
import { MAX_PER_PAGE } from '../input/page.dto.js';
import { STREAMS_PER_CALLER } from '../stream/stream-limits.js';
import type { LimitsResponse, MeResponse, MetaResponse } from './session.responses.js';

export function presentMe({ principal, user }: OwnAccount): MeResponse {
  return {
    id: principal.userId,
    username: principal.userId === null ? null : principal.username,
    email: user?.email ?? null,
    role: principal.role,
    permissions: [...principal.permissions],
    authenticatedBy: principal.apiKeyId === null ? 'token' : 'api-key',
  };
}

export function presentMeta({ facts }: PlatformFacts): MetaResponse {
  return {
    version: facts.version,
    queueBackend: facts.queueBackend,
    mode: facts.mode,
    environmentLabel: facts.environmentLabel,
    defaultTimezone: 'UTC',
    limits: LIMITS,
    documentation: '/docs',
    bullBoard: '/admin/queues',
    metrics: facts.metrics,
  };
}

const LIMITS: LimitsResponse = {
  pageSize: MAX_PER_PAGE,
  bodyBytes: BODY_LIMIT_BYTES,
  streamsPerUser: STREAMS_PER_CALLER,
  passwordMinLength: PASSWORD_MIN_LENGTH,
  passwordMaxLength: PASSWORD_MAX_LENGTH,
  apiKeyLifetimeDays: KEY_LIFETIME_MAX_DAYS,
};
