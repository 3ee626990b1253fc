import { Injectable } from '@nestjs/common';
import { PassportStrategy } from '@nestjs/passport';
import type { Authentication } from '#application/identity/principal.js';
import { DomainError } from '#domain/errors.js';
import { Authenticate } from '#identity/authenticate.use-case.js';
import { AccessTokens, readAccessClaims } from '#identity/tokens/access-tokens.js';
import type { IncomingMessage } from 'node:http';
import { Strategy } from 'passport-jwt';
import { bearerToken } from './credentials.js';

/** Verifies access tokens with passport-jwt under the rules of `AccessTokens`, then checks that their login still stands. */
@Injectable()
export class JwtStrategy extends PassportStrategy(Strategy, 'jwt') {
  constructor(
    accessTokens: AccessTokens,
    private readonly authenticateUser: Authenticate,
  ) {
    const { key, algorithms, issuer, audience } = accessTokens.verification;
    super({
      jwtFromRequest: (request: IncomingMessage) => bearerToken(request.headers),
      // jsonwebtoken takes a KeyObject, 50 times faster than text; the types of passport-jwt do not know that.
      secretOrKeyProvider: (_request, _token, done) => {
        done(null, key as unknown as Buffer);
      },
      algorithms,
      issuer,
      audience,
      ignoreExpiration: false,
    });
  }

  /** Called with the payload of a token whose signature, times, issuer and audience are right. */
  validate(payload: unknown): Promise<Authentication> {
    const claims = readAccessClaims(payload);
    if (claims === null) throw new DomainError('TOKEN_INVALID', 'The token is not an access token');
    return this.authenticateUser.bySession(claims);
  }
}
