import { StandalonePage } from '@/shell/StandalonePage';

export default function NotFound() {
  return (
    <StandalonePage title="There is no such page">
      The address may be mistyped, or what it showed has been deleted.
    </StandalonePage>
  );
}
