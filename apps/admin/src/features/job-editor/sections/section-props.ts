import type { JobDraft } from '../draft';
import type { Problems } from '../problems';

/** What every section of the form gets. */
export interface SectionProps {
  readonly draft: JobDraft;
  readonly problems: Problems;
  readonly change: (part: Partial<JobDraft>) => void;
}
