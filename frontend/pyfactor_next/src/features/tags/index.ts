export { RecordTags, TagDialog, TagOptions, TagsCell } from "./lazy";
export type { TagChange } from "./tag-dialog";
export { useTagOptions, useTagsById } from "./use-tags";
