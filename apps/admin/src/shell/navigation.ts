/** The pages of the left navigation, in order, and how to get to them. */
import {
  IconActivity,
  IconChartBar,
  IconCalendarTime,
  IconClipboardList,
  IconFunction,
  IconKey,
  IconLayoutDashboard,
  IconServer2,
  IconStack2,
  IconTimeline,
  IconUsers,
  type Icon,
} from '@tabler/icons-react';
import type { Permission } from '@/api/types';

export interface Destination {
  readonly label: string;
  readonly href: string;
  readonly icon: Icon;
  readonly needs: Permission;
  /** Second key after `g`. */
  readonly key: string;
}

export const PAGES: readonly Destination[] = [
  { label: 'Overview', href: '/', icon: IconLayoutDashboard, needs: 'TaskRead', key: 'o' },
  { label: 'Jobs', href: '/jobs', icon: IconCalendarTime, needs: 'TaskRead', key: 'j' },
  { label: 'Executions', href: '/executions', icon: IconActivity, needs: 'TaskRead', key: 'e' },
  { label: 'Timeline', href: '/timeline', icon: IconTimeline, needs: 'TaskRead', key: 't' },
  { label: 'Workers', href: '/workers', icon: IconServer2, needs: 'WorkerRead', key: 'w' },
  { label: 'Scheduler', href: '/scheduler', icon: IconChartBar, needs: 'SystemRead', key: 's' },
  { label: 'Queues', href: '/queues', icon: IconStack2, needs: 'SystemRead', key: 'q' },
  { label: 'Task functions', href: '/task-functions', icon: IconFunction, needs: 'TaskRead', key: 'f' },
];

/** Below the others. Everybody has API keys of their own; users and the audit log are the administrators'. */
export const ADMIN_PAGES: readonly Destination[] = [
  { label: 'API keys', href: '/settings/api-keys', icon: IconKey, needs: 'TaskRead', key: 'k' },
  { label: 'Users', href: '/settings/users', icon: IconUsers, needs: 'Admin', key: 'u' },
  { label: 'Audit log', href: '/audit', icon: IconClipboardList, needs: 'Admin', key: 'a' },
];

export const ALL_PAGES: readonly Destination[] = [...PAGES, ...ADMIN_PAGES];

/** Whether a path belongs to a page of the navigation. */
export function isWithin(href: string, pathname: string): boolean {
  return href === '/' ? pathname === '/' : pathname === href || pathname.startsWith(`${href}/`);
}

export interface Crumb {
  readonly label: string;
  /** Null for the page that is shown. */
  readonly href: string | null;
  /** What has a name that is better than the label; null for pages. */
  readonly thing: { readonly kind: 'job' | 'execution' | 'worker'; readonly id: string } | null;
}

const KINDS: Readonly<Record<string, 'job' | 'execution' | 'worker'>> = { '/jobs': 'job', '/executions': 'execution', '/workers': 'worker' };

const WORDS: Readonly<Record<string, string>> = { new: 'New', edit: 'Edit', grid: 'Run grid' };

/** `/jobs/8f0…/edit` → Jobs › 8f0… › Edit. Ids are cut to eight characters, until the name of what they stand for is known. */
export function crumbsOf(pathname: string): Crumb[] {
  const page = ALL_PAGES.find(({ href }) => isWithin(href, pathname));
  if (page === undefined) return [];
  const rest = page.href === '/' ? [] : pathname.slice(page.href.length).split('/').filter((part) => part !== '');
  const kind = KINDS[page.href];
  const crumbs = rest.map((part, at) => ({
    label: WORDS[part] ?? part.slice(0, 8),
    href: `${page.href}/${rest.slice(0, at + 1).join('/')}`,
    thing: at > 0 || kind === undefined || WORDS[part] !== undefined ? null : { kind, id: part },
  }));
  return [{ label: page.label, href: page.href, thing: null }, ...crumbs].map((crumb, at, all) => (at === all.length - 1 ? { ...crumb, href: null } : crumb));
}
