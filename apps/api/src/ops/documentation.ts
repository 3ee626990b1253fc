import type { NestExpressApplication } from '@nestjs/platform-express';
import { DocumentBuilder, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import type { Express } from 'express';
import { documentationIndex } from './documentation-index.js';
import type { DocumentedDialect } from './documented-dialect.js';

/** Where the documentation lives. */
export const DOCUMENTATION_PREFIX = '/docs';

/** Makes the OpenAPI document of a dialect from its code. */
export function openApiOf(app: NestExpressApplication, dialect: DocumentedDialect, version: string): OpenAPIObject {
  const config = new DocumentBuilder()
    .setOpenAPIVersion('3.1.0')
    .setTitle(dialect.title)
    .setDescription(dialect.description)
    .setVersion(version)
    .addServer('/')
    .addBearerAuth({ type: 'http', scheme: 'bearer', description: 'Access token of POST /api/auth/login, or an API key.' }, 'bearer')
    .addApiKey({ type: 'apiKey', in: 'header', name: 'X-API-Key', description: 'API key of POST /api/auth/api-keys.' }, 'api-key')
    .build();
  return SwaggerModule.createDocument(app, config, {
    include: [...dialect.modules],
    operationIdFactory: (controller, method) => `${controller.replace(/Controller$/, '')}_${method}`,
    autoTagControllers: false,
  });
}

/**
 * Serves an index at `/docs`, and of each dialect the pages at `/docs/<slug>` and the document at
 * `/docs/<slug>/openapi.json`. Call it before `app.init()`; documents are made when somebody asks for them.
 */
export function mountDocumentation(app: NestExpressApplication, dialects: readonly DocumentedDialect[], version: string): void {
  const express: Express = app.getHttpAdapter().getInstance();
  express.get(DOCUMENTATION_PREFIX, (_request, response) => {
    response.type('text/html').send(documentationIndex(dialects, version));
  });
  for (const dialect of dialects) {
    const path = `${DOCUMENTATION_PREFIX}/${dialect.slug}`;
    SwaggerModule.setup(path, app, () => openApiOf(app, dialect, version), {
      raw: ['json'],
      jsonDocumentUrl: `${path}/openapi.json`,
      customSiteTitle: dialect.title,
      // Swagger's badge would send the document's address to a server of theirs.
      swaggerOptions: { validatorUrl: 'none', tryItOutEnabled: true, displayRequestDuration: true },
    });
  }
}
