export { AccessButton } from "./access/access-button";
export { AccessDialog } from "./access/lazy";
export { Candidates, DuplicatesItem, DuplicatesPage, MergeWith } from "./duplicates/lazy";
export type { DuplicateResource } from "./duplicates/types";
export { useRecordFrame, useWish } from "./frame-context";
export type { BulkFieldDef } from "./list/bulk";
export { ReachLinks, RecordCard } from "./list/cards";
export {
  MailCell,
  NameCell,
  PersonCell,
  QuietCell,
  RestoreCell,
  TextCell,
  TimeCell,
} from "./list/cells";
export {
  allOf,
  type Condition,
  type FilterFieldDef,
  formatConditions,
  type Node,
  parseConditions,
} from "./list/conditions";
export { ConditionsBuilder, RowEdit, SelectionBar } from "./list/lazy";
export { ListPage, type ListState } from "./list/list-page";
export { useOwnColumns } from "./list/own-columns";
export { useTrashColumns } from "./list/trash-columns";
export { LoadedRecord } from "./loaded-record";
export { MergeDialog } from "./merge/lazy";
export { MergeButton } from "./merge/merge-button";
export type { MergeField, MergeResource } from "./merge/types";
export { type OnChange, trashRecord, useEditRecord, useTrashWithToast } from "./mutations";
export { ChoiceFrame } from "./property/choice-frame";
export { PropertyRow } from "./property/property-row";
export { TextProperty } from "./property/text-property";
export { type FrameTab, RecordFrame } from "./record-frame";
export { RecordPage } from "./record-page";
export type {
  BuilderProps,
  CreateProps,
  ListResource,
  ListWords,
  Option,
  Selected,
} from "./resource";
export {
  firstPage,
  type ListQuery,
  type ListSource,
  type ListSpec,
  type Page,
  rowsQuery,
} from "./source";
export { TrashBanner } from "./trash-banner";
export type { RecordParts, RecordSection, SectionName } from "./types";
export { useDebounced } from "./use-debounced";
export { showRow, useSaveRow } from "./use-save-row";
export { dayIn } from "./view/date-range";
export { parseView, queryOfView, viewFromSearch, withFilter } from "./view/view";
