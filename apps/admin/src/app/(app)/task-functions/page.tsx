import { TaskFunctionsPage } from '@/features/task-functions/TaskFunctionsPage';

export default function Page() {
  return <TaskFunctionsPage />;
}
