import { Injectable, type NestMiddleware } from '@nestjs/common';
import type { NextFunction, Request, Response } from 'express';
import { RequestAuthenticator } from './request-authenticator.js';

/**
 * Asks for credentials before OPTIONS. Express answers it itself with the methods of the path, past all guards. A CORS
 * preflight of an allowed origin is answered before this.
 */
@Injectable()
export class OptionsMiddleware implements NestMiddleware {
  constructor(private readonly authenticator: RequestAuthenticator) {}

  /** @throws DomainError `AUTHENTICATION_REQUIRED`, `TOKEN_INVALID` */
  async use(request: Request, _response: Response, next: NextFunction): Promise<void> {
    if (request.method === 'OPTIONS') await this.authenticator.authenticate(request);
    next();
  }
}
