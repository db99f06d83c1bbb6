export { useRecordFrame } from "./frame-context";
export {
  type BulkFieldDef,
  type BulkOffers,
  type BulkTarget,
  EXPORT_MAX,
  targetOfQuery,
} from "./list/bulk";
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
export { BulkBar, CellEditor, FilterBuilder, ViewChanges } from "./list/lazy";
export { type SavedView, stateOf, type ViewState } from "./list/saved-views";
export { defaultOf, type SavedViews, useSavedViews } from "./list/use-saved-views";
export { useSelection } from "./list/use-selection";
export { ViewButton } from "./list/view-button";
export { MergeDialog } from "./merge/lazy";
export type { MergeResource } from "./merge/types";
export { PropertyRow } from "./property/property-row";
export { TextProperty } from "./property/text-property";
export { type FrameTab, RecordFrame } from "./record-frame";
export type { RecordParts, RecordSection, SectionName } from "./types";
export { usePageTab } from "./use-page-tab";
