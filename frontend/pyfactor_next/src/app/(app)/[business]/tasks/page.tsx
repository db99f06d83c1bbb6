import type { Metadata } from "next";
import { TasksPage } from "@/features/activities/tasks-page";
import { messages } from "@/i18n/messages";
import { SectionMessages } from "@/i18n/section-messages";

export const metadata: Metadata = { title: messages.activities.title };

export default function Page() {
  return (
    <SectionMessages texts={{ activities: messages.activities }}>
      <TasksPage />
    </SectionMessages>
  );
}
