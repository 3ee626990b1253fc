/** What is told to the API about a request: who asks and under which number. Cookies and credentials stay here. */
const REQUEST_HEADERS = ['accept', 'accept-language', 'content-type', 'if-match', 'if-none-match', 'last-event-id', 'idempotency-key', 'user-agent', 'x-forwarded-for', 'x-forwarded-proto'];
const HARMLESS_ID = /^[\w.-]{1,64}$/;

/** Headers of a request to the API, without a credential. */
export function clientHeaders(incoming: Headers): Headers {
  const headers = new Headers();
  for (const name of REQUEST_HEADERS) {
    const value = incoming.get(name);
    if (value !== null) headers.set(name, value);
  }
  const given = incoming.get('x-request-id');
  headers.set('x-request-id', given !== null && HARMLESS_ID.test(given) ? given : crypto.randomUUID());
  return headers;
}

const RESPONSE_HEADERS = ['content-type', 'content-disposition', 'etag', 'location', 'retry-after', 'last-modified', 'allow'];
/** The API's own answers about transport and framing end here. */
const KEPT_BACK = new Set(['x-powered-by', 'x-frame-options', 'x-content-type-options', 'x-dns-prefetch-control', 'x-download-options', 'x-permitted-cross-domain-policies', 'x-xss-protection']);

/** Headers of the API's answer that reach the browser: a list of names, and `X-…`. */
export function answerHeaders(upstream: Headers): Headers {
  const headers = new Headers({ 'cache-control': 'no-store' });
  upstream.forEach((value, name) => {
    if (RESPONSE_HEADERS.includes(name) || (name.startsWith('x-') && !KEPT_BACK.has(name))) headers.set(name, value);
  });
  return headers;
}
