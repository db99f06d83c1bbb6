export { useRecordFrame } from "./frame-context";
export { type FrameTab, RecordFrame } from "./record-frame";
export type { RecordParts, RecordSection, SectionName } from "./types";
export { usePageTab } from "./use-page-tab";
