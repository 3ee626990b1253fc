import { LiveProvider } from '@/live/LiveProvider';
import { SessionProvider } from '@/session/session';
import { Frame } from '@/shell/Frame';
import { ZoneChoiceProvider } from '@/shell/ZoneChoice';

export default function AppLayout({ children }: { children: React.ReactNode }) {
  return (
    <SessionProvider>
      <ZoneChoiceProvider>
        <LiveProvider>
          <Frame>{children}</Frame>
        </LiveProvider>
      </ZoneChoiceProvider>
    </SessionProvider>
  );
}
