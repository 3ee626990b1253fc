import { Injectable } from '@nestjs/common';
import type { Authentication } from '#application/identity/principal.js';
import { DomainError } from '#domain/errors.js';
import { Authenticate } from '#identity/authenticate.use-case.js';
import type { IncomingMessage } from 'node:http';
import passport from 'passport';
import { credentialOf } from './credentials.js';
import { JwtStrategy } from './jwt.strategy.js';

/**
 * The one way from a request to a principal: for the guard, for the middleware before Bull Board and for the upgrade of a
 * WebSocket alike.
 */
@Injectable()
export class RequestAuthenticator {
  /** One answer a request, whoever asks: what counts requests, middleware, the guard. */
  private readonly answers = new WeakMap<IncomingMessage, Promise<Authentication>>();

  constructor(
    private readonly strategy: JwtStrategy,
    private readonly authenticateCaller: Authenticate,
  ) {}

  /** @throws DomainError `AUTHENTICATION_REQUIRED` without credentials, `TOKEN_INVALID` for bad, expired or revoked ones */
  authenticate(request: IncomingMessage): Promise<Authentication> {
    const known = this.answers.get(request);
    if (known !== undefined) return known;
    const answer = this.prove(request);
    this.answers.set(request, answer);
    return answer;
  }

  private async prove(request: IncomingMessage): Promise<Authentication> {
    const credential = credentialOf(request.headers);
    switch (credential.kind) {
      case 'none':
        throw new DomainError('AUTHENTICATION_REQUIRED', 'Valid authentication token required');
      case 'api-key':
        return this.authenticateCaller.byApiKey(credential.key);
      case 'access-token':
        return this.byPassport(request);
    }
  }

  /**
   * Passport writes a request's callbacks onto the strategy that it is given. It derives an object a request from those
   * it knows by name, but not from one handed over, so that we do it here: with a shared one, two requests at a time
   * would get each other's principals. By name it would have to be the process-wide registry, one strategy for all apps.
   */
  private byPassport(request: IncomingMessage): Promise<Authentication> {
    const own = Object.create(this.strategy) as JwtStrategy;
    return new Promise((resolve, reject) => {
      const finish = (error: Error | null | undefined, authentication: Authentication | false | null | undefined): void => {
        if (error) reject(error);
        else if (authentication) resolve(authentication);
        else reject(new DomainError('TOKEN_INVALID', 'Authentication token is invalid or expired'));
      };
      const run = passport.authenticate(own, { session: false }, finish) as PassportMiddleware;
      run(request, null, reject);
    });
  }
}

/** Passport's own type wants Express; what it uses with a callback is the request alone. */
type PassportMiddleware = (request: IncomingMessage, response: null, next: (error: Error) => void) => void;
