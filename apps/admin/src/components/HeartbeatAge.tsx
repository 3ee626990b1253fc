'use client';
import { useNow } from './clock';
import { formatDistance } from './format';
import { BEAT_MS, heartbeatLook } from './heartbeat';
import classes from './HeartbeatAge.module.css';
import { Meter } from './Meter';

/** How long ago something last reported, and whether that is as it should be. @param asOf when the data arrived, milliseconds */
export function HeartbeatAge({ at, asOf, of }: { at: string; asOf: number; of: string }) {
  const { ageSeconds, tone, word, share } = heartbeatLook(Date.parse(at), asOf, useNow(), BEAT_MS);
  const text = `${formatDistance(ageSeconds)} ago`;
  return (
    <span className={classes.age} data-tone={tone}>
      <Meter label={`Age of the heartbeat of ${of}`} share={share} text={text} tone={tone} />
      <span className={classes.text}>{word === '' ? text : `${text}, ${word}`}</span>
    </span>
  );
}
