import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import type { Answer, Send } from './api-under-test.js';

interface Document {
  readonly paths: Record<string, Record<string, { responses: Record<string, { content?: Record<string, object> }> }>>;
}

/** Compares answers with what the API's own OpenAPI document says about them. */
export class DocumentedAnswers {
  private readonly ajv = new Ajv2020({ strict: false, allErrors: true });

  private constructor(private readonly document: Document) {
    addFormats.default(this.ajv);
    this.ajv.addSchema(document, 'openapi');
  }

  static async of(request: Send, slug: string): Promise<DocumentedAnswers> {
    const { body } = await request(`GET /docs/${slug}/openapi.json`);
    return new DocumentedAnswers(body as Document);
  }

  /** What is wrong with the answer to `METHOD /path/{pattern}`; empty when it is as documented. */
  problems(operation: string, { status, body }: Answer): string[] {
    const [method = '', path = ''] = operation.split(' ');
    const response = this.document.paths[path]?.[method.toLowerCase()]?.responses[String(status)];
    if (response === undefined) return [`${operation} does not document ${String(status)}`];
    if (response.content === undefined) return body === '' ? [] : [`${operation} ${String(status)} documents no body`];
    const pointer = ['paths', path, method.toLowerCase(), 'responses', String(status), 'content', 'application/json', 'schema'];
    const validate = this.ajv.getSchema(`openapi#/${pointer.map(escapePointer).join('/')}`);
    if (validate === undefined) return [`${operation} ${String(status)} documents no JSON`];
    if (validate(body) === true) return [];
    return (validate.errors ?? []).map(({ instancePath, message }) => `${operation} ${String(status)} ${instancePath}: ${message ?? ''}`);
  }
}

function escapePointer(part: string): string {
  return encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1'));
}
