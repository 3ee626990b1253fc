import { HeldPill } from './HeldPill';

export interface NewerPillProps {
  /** Nothing is shown for 0. */
  count: number;
  /** So many or more are not counted. */
  most: number;
  /** `new execution`; an s is added. */
  what: string;
  /** Where the newest stands. @default 'top' */
  side?: 'top' | 'right';
  onShow: () => void;
}

/** What has come since the page stands still, to be shown on demand. */
export function NewerPill({ count, most, what, side = 'top', onShow }: NewerPillProps) {
  const number = count >= most ? `${String(most)} or more` : String(count);
  return <HeldPill text={count === 0 ? null : `${number} ${what}${count === 1 ? '' : 's'}`} side={side} onShow={onShow} />;
}
