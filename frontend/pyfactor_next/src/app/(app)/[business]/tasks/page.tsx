import { TasksPage } from "@/features/activities/tasks-page";
import { titleOf } from "@/i18n/titles";

export const generateMetadata = titleOf("activities", (texts) => texts.title);

export default function Page() {
  return <TasksPage />;
}
