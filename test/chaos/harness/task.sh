#!/bin/sh
# A task that leaves marks outside Takt: task.sh <marker directory> <seconds> <exit code> [flaky|daemon]
# The start is marked before anything else, so that whatever happens later it is known that it ran. `mono` is the machine's
# uptime: one clock for all processes, which no false clock moves.
markers=$1
mark() {
  # Killed before the shell is: the trap marks the end.
  wall=$(date +%s%3N) && [ -n "$wall" ] || return 0
  read -r up _ </proc/uptime
  printf '{"job":"%s","scheduledFor":"%s","execution":"%s","attempt":%s,"phase":"%s","wall":%s,"mono":%s,"pid":%s,"code":%s}\n' \
    "$TAKT_JOB_ID" "$TAKT_SCHEDULED_FOR" "$TAKT_EXECUTION_ID" "$TAKT_ATTEMPT" "$1" "$wall" "$up" "$$" "$2" >>"$markers/$TAKT_JOB_ID"
}
mark start null
# Asked to stop: until when it really ran is worth knowing.
trap 'mark end 143; exit 143' TERM
echo "attempt $TAKT_ATTEMPT of $TAKT_FIRE_KEY"
code=$3
[ "$4" = flaky ] && [ "$TAKT_ATTEMPT" = 1 ] && code=1
[ "$4" = daemon ] && setsid sleep 97531 </dev/null >/dev/null 2>&1 &
[ "$2" = 0 ] || sleep "$2"
mark end "$code"
exit "$code"
