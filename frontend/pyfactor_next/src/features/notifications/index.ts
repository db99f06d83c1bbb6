export { ReminderList } from "./reminder-list";
export { Reminders } from "./reminders";
