export { PasteToAttach } from "./paste-to-attach";
export { RecordFiles } from "./record-files";
