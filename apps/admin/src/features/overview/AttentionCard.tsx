import { Button } from '@mantine/core';
import { IconCircleCheck } from '@tabler/icons-react';
import { useState } from 'react';
import { useAttention } from '@/api/queries/platform';
import { Instant } from '@/components/Instant';
import { QueryView } from '@/components/QueryView';
import { SectionCard } from '@/components/SectionCard';
import { StatusBadge } from '@/components/StatusBadge';
import { TextLink } from '@/components/TextLink';
import { attentionItems, type AttentionItem } from './attention-items';
import { LinesSkeleton } from './LinesSkeleton';
import classes from './overview.module.css';

const SHOWN_AT_FIRST = 6;

export function AttentionCard() {
  const attention = useAttention();
  const [isWhole, setIsWhole] = useState(false);
  const items = attention.data === undefined ? [] : attentionItems(attention.data);
  const shown = isWhole ? items : items.slice(0, SHOWN_AT_FIRST);
  return (
    <SectionCard title="Needs attention" flush actions={items.length > 0 && <span className={classes.count}>{items.length}</span>}>
      <QueryView query={attention} what="What needs attention" loading={<LinesSkeleton lines={4} />}>
        {() =>
          items.length === 0 ? (
            <p className={classes.well}>
              <IconCircleCheck size={16} aria-hidden /> Nothing. No job fails, is late or was missed.
            </p>
          ) : (
            <>
              <ul className={classes.lines}>
                {shown.map((item) => (
                  <Item key={item.key} item={item} />
                ))}
              </ul>
              {items.length > SHOWN_AT_FIRST && (
                <div className={classes.more}>
                  <Button variant="subtle" size="compact-xs" aria-expanded={isWhole} onClick={() => { setIsWhole(!isWhole); }}>
                    {isWhole ? 'Show fewer' : `Show all ${String(items.length)}`}
                  </Button>
                </div>
              )}
            </>
          )
        }
      </QueryView>
    </SectionCard>
  );
}

function Item({ item: { status, badge, name, href, detail, at } }: { item: AttentionItem }) {
  return (
    <li className={classes.line}>
      <div className={classes.text}>
        <span className={classes.head}>
          <TextLink strong href={href}>
            {name}
          </TextLink>
        </span>
        <span className={classes.detail}>{detail}</span>
      </div>
      <div className={classes.side}>
        <StatusBadge plain status={status}>
          {badge}
        </StatusBadge>
        <span className={classes.muted}>
          <Instant at={at} />
        </span>
      </div>
    </li>
  );
}
