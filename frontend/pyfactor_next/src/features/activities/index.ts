export { ActivityCard } from "./activity-card";
export { Composer } from "./composer";
export { kindIcons } from "./kind-icons";
export { activitiesQuery, activityKeys } from "./queries";
export { RecordActions } from "./record-actions";
export { RecordNotes } from "./record-notes";
export { RecordTasks } from "./record-tasks";
export { TasksCard } from "./tasks-card";
export { type About, type Activity, KINDS, type Kind } from "./types";
