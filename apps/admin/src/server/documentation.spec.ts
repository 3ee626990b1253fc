import { describe, expect, it } from 'vitest';
import { withoutTrying } from './documentation';

const settings = '{\n  "customOptions": {\n    "tryItOutEnabled": true\n  }\n}';

describe('the documentation at the UI’s port', () => {
  it('offers no requests that would not arrive', () => {
    expect(withoutTrying('scheduler/swagger-ui-init.js', settings)).toContain('"supportedSubmitMethods": []');
    expect(withoutTrying('scheduler/swagger-ui-init.js', settings)).not.toContain('tryItOutEnabled');
  });

  it('is else as the API serves it', () => {
    expect(withoutTrying('scheduler/openapi.json', settings)).toBe(settings);
    expect(withoutTrying('scheduler/swagger-ui-init.js', '{}')).toBe('{}');
  });
});
