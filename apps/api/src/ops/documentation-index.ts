import type { DocumentedDialect } from './documented-dialect.js';

/** The page at `/docs`: one link per document. Without scripts. */
export function documentationIndex(dialects: readonly DocumentedDialect[], version: string): string {
  const items = dialects.map(({ slug, title }) => {
    const path = `/docs/${encodeURIComponent(slug)}`;
    return `<li><a href="${path}">${escaped(title)}</a> <small><a href="${path}/openapi.json">OpenAPI 3.1</a></small></li>`;
  });
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Takt API documentation</title>
<style>body{font:16px/1.6 system-ui,sans-serif;max-width:44rem;margin:3rem auto;padding:0 1rem}small{margin-left:.5rem}</style>
</head>
<body>
<h1>Takt API documentation</h1>
<p>Version ${escaped(version)}. One platform, one document for each API that it speaks.</p>
<ul>
${items.join('\n')}
</ul>
</body>
</html>
`;
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character);
}
