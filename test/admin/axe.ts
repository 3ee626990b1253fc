/** What axe finds on a page: by the rules of WCAG 2.2 AA and those of good practice, in each of its looks. */
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';
import { calm, SIZES, type Scheme, type Size } from './admin.js';

export interface Look {
  readonly size: Size;
  readonly scheme: Scheme;
}

/** One after the other, each a single change away from the one before. */
export const ALL_LOOKS: readonly Look[] = [
  { size: 'desktop', scheme: 'light' },
  { size: 'desktop', scheme: 'dark' },
  { size: 'phone', scheme: 'dark' },
  { size: 'phone', scheme: 'light' },
];

export interface AxeOptions {
  /** @default all four */
  readonly looks?: readonly Look[];
  /** Whether what was opened on the page is still there; asked in each look. */
  readonly isStill?: () => Promise<boolean>;
  /** The window is as tall as the page. What sticks to a window's edge covers half a row there, which axe takes for a small one. @default false */
  readonly isWhole?: boolean;
}

/** Those that depend on colours, and therefore on the theme; a theme changes nothing else. */
const COLOUR_RULES = ['color-contrast', 'link-in-text-block'];

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/**
 * The rule `region` (good practice, not in WCAG) wants all content in landmarks, and leaves out dialogs, because they are
 * reached by opening them. Menus, lists of options and tooltips are reached in the same way; they stand at the end of the
 * document so that no table cuts them off. All other rules hold inside them.
 */
const OPTIONS = {
  // Of a frame only its element counts: Bull Board's document is made elsewhere, and nothing here can mend it.
  iframes: false,
  resultTypes: ['violations' as const],
  checks: { region: { options: { regionMatcher: 'dialog, [role=dialog], [role=alertdialog], svg, [role=menu], [role=listbox], [role=tooltip]' } } },
};

/** Findings on the page as it is now, one line each: `color-contrast: .selector reason`. Empty is good. */
async function axeFindings(page: Page, rules: 'all' | 'of colours'): Promise<string[]> {
  // Half a megabyte of script is loaded once for all looks of a page.
  const isLoaded = await page.evaluate<boolean>("'axe' in window");
  const builder = new AxeBuilder({ page, ...(isLoaded ? { axeSource: 'void 0' } : {}) });
  // Only axe's legacy mode, which looks at the page in one run, leaves frames out.
  builder.options({ ...OPTIONS }).setLegacyMode();
  const { violations } = await (rules === 'all' ? builder.withTags(TAGS) : builder.withRules(COLOUR_RULES)).analyze();
  const lines: string[] = [];
  for (const { id, nodes } of violations) {
    for (const { target, failureSummary } of nodes) {
      if (id === 'scrollable-region-focusable' && (await isInListOfOptions(page, String(target)))) continue;
      lines.push(`${id}: ${String(target)} ${failureSummary?.split('\n')[1]?.trim() ?? ''}`);
    }
  }
  return lines;
}

/** A list of options is scrolled by the arrow keys of the field that it belongs to, which keeps the focus (ARIA's combobox pattern). */
async function isInListOfOptions(page: Page, selector: string): Promise<boolean> {
  return (await page.locator(`[role="listbox"] :is(${selector})`).count()) > 0;
}

/**
 * Findings on a page that is open and settled, in one look after the other, without loading it anew: by all rules at each size,
 * by those of colours in each theme as well.
 * @returns findings with the look they were found in
 */
export async function axeInLooks(page: Page, { looks = ALL_LOOKS, isStill = () => Promise.resolve(true), isWhole = false }: AxeOptions = {}): Promise<string[]> {
  const findings: string[] = [];
  const seen = new Set<Size>();
  for (const { size, scheme } of looks) {
    await page.setViewportSize(SIZES[size]);
    if (isWhole) await page.setViewportSize({ ...SIZES[size], height: await page.evaluate<number>('document.documentElement.scrollHeight') });
    await page.emulateMedia({ colorScheme: scheme });
    await page.locator(`html[data-mantine-color-scheme="${scheme}"]`).waitFor({ state: 'attached' });
    await calm(page);
    if (!(await isStill())) throw new Error(`What was opened is gone on ${size} in ${scheme}`);
    const found = await axeFindings(page, seen.has(size) ? 'of colours' : 'all');
    findings.push(...found.map((finding) => `${size} ${scheme}: ${finding}`));
    seen.add(size);
  }
  return findings;
}
