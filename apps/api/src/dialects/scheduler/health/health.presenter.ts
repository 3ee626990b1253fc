import type { HealthReport } from '#application/system/platform-health.js';
import { instantOrNull } from '../wire.js';
import type { PlatformHealthResponse } from './health.responses.js';

export function presentHealth({ status, parts }: HealthReport): PlatformHealthResponse {
  return { status, checks: parts.map((part) => ({ ...part, since: instantOrNull(part.since) })) };
}
