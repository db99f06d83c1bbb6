export { LastChange, RecordHistory } from "./record-history-later";
export { useOfferUndo, useUndo } from "./undo";
export { UndoHost } from "./undo-host";
export { useWords } from "./words";
