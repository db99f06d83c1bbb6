export { Bell } from "./bell";
export { Reminders } from "./reminders";
export { UnreadList } from "./unread-list";
