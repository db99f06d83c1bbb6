export { forgetRecent, type RecentRecord, type RecordKind, recentRecords } from "./recent";
export { useRememberRecord } from "./use-remember-record";
