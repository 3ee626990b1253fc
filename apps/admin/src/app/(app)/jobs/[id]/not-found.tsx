import { NoSuchThing } from '@/components/NoSuchThing';

export default function NotFound() {
  return <NoSuchThing kind="job" />;
}
