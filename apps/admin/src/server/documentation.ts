const SETTINGS = /\/swagger-ui-init\.js$/;

/**
 * Takes Swagger's "Try it out" off its pages: it would send its requests to the UI's port, where the API's paths are not. It is
 * there at the API's own address, with a token or a key.
 *
 * @param path below `/docs`
 */
export function withoutTrying(path: string, text: string): string {
  return SETTINGS.test(path) ? text.replace('"tryItOutEnabled": true', '"supportedSubmitMethods": []') : text;
}
