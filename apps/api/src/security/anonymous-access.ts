import type { IncomingMessage } from 'node:http';
import { DomainError } from '#domain/errors.js';
import type { AnonymousDialect } from './access.decorators.js';
import { credentialOf } from './credentials.js';
import { isForeignWrite } from './same-origin.js';

export interface AnonymousSettings {
  /** Dialects that answer without credentials. */
  readonly open: readonly AnonymousDialect[];
  /**
   * The server listens on loopback only, and only requests that name it so are let in. A page of another site can have its
   * own name point to 127.0.0.1 (DNS rebinding); its browser then takes us for that site, and only `Host` tells.
   */
  readonly loopbackOnly: boolean;
}

const LOOPBACK_HOST = /^(localhost|127(\.\d{1,3}){3}|\[::1\])(:\d+)?$/i;

/** Decides which requests may do without credentials. A class, so that it is a token of injection. */
export class AnonymousAccess {
  constructor(private readonly settings: AnonymousSettings) {}

  /**
   * Tells whether the request is let in as the anonymous principal. One with credentials never is: they are checked.
   *
   * @param dialect whose route it is; undefined for routes that are never open
   * @throws DomainError `PERMISSION_DENIED` for what a browser sends on behalf of another site
   */
  admits(request: IncomingMessage, dialect: AnonymousDialect | undefined): boolean {
    if (dialect === undefined || !this.settings.open.includes(dialect)) return false;
    if (credentialOf(request.headers).kind !== 'none') return false;
    const isForeignHost = this.settings.loopbackOnly && !LOOPBACK_HOST.test(request.headers.host ?? '');
    if (isForeignHost || isForeignWrite(request.method ?? 'GET', request.headers)) {
      throw new DomainError('PERMISSION_DENIED', 'Requests from another site are refused');
    }
    return true;
  }
}
