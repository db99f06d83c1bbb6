export { useRecordFrame } from "./frame-context";
export {
  allOf,
  type Condition,
  countConditions,
  type FilterFieldDef,
  formatConditions,
  type Node,
  parseConditions,
  partsOf,
} from "./list/conditions";
export { FilterBuilder } from "./list/lazy";
export { type FrameTab, RecordFrame } from "./record-frame";
export type { RecordParts, RecordSection, SectionName } from "./types";
export { usePageTab } from "./use-page-tab";
