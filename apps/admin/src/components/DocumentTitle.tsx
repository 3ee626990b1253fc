'use client';
import { useEffect } from 'react';

/**
 * The name of the page in the browser's tab. The element is the layout's: metadata of Next.js arrives after the page and would
 * take the name away again.
 */
export function DocumentTitle({ title }: { title: string }) {
  useEffect(() => {
    document.title = `${title} · Takt`;
  }, [title]);
  return null;
}
