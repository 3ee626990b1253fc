import type { NextFunction, Request, RequestHandler, Response } from 'express';
import helmet from 'helmet';

/** Answers of the API are data: nothing in them may run or be framed, and nobody may keep them. */
const forData = helmet({
  contentSecurityPolicy: {
    useDefaults: false,
    directives: { defaultSrc: ["'none'"], frameAncestors: ["'none'"], baseUri: ["'none'"], formAction: ["'none'"] },
  },
  frameguard: { action: 'deny' },
  // Answers over plain HTTP on a laptop must not pin the browser to HTTPS for every other server on localhost.
  strictTransportSecurity: false,
});

/** Pages with scripts of our own origin: API documentation and Bull Board. Both set styles inline; neither needs the network. */
const forPages = helmet({
  contentSecurityPolicy: {
    useDefaults: false,
    directives: {
      defaultSrc: ["'self'"],
      scriptSrc: ["'self'"],
      styleSrc: ["'self'", "'unsafe-inline'"],
      imgSrc: ["'self'", 'data:'],
      fontSrc: ["'self'", 'data:'],
      connectSrc: ["'self'"],
      objectSrc: ["'none'"],
      baseUri: ["'self'"],
      formAction: ["'self'"],
      frameAncestors: ["'none'"],
    },
  },
  frameguard: { action: 'deny' },
  strictTransportSecurity: false,
});

const transportSecurity = helmet.strictTransportSecurity({ maxAge: 31_536_000, includeSubDomains: false });

/** Sets security headers: strict ones for data, those of a web page below `pagePrefixes`. */
export function securityHeaders(pagePrefixes: readonly string[]): RequestHandler {
  return (request: Request, response: Response, next: NextFunction): void => {
    const isPage = pagePrefixes.some((prefix) => request.path === prefix || request.path.startsWith(`${prefix}/`));
    if (!isPage) response.setHeader('Cache-Control', 'no-store');
    const headers = isPage ? forPages : forData;
    headers(request, response, (error?: unknown) => {
      if (error !== undefined || !request.secure) next(error);
      else transportSecurity(request, response, next);
    });
  };
}
