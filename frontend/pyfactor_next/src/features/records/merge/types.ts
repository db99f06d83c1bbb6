/** What the dialog needs of any record, whatever else it has. */
export interface MergeRecord {
  id: string;
  version: number;
  display_name: string;
  deleted_at: string | null;
}

export interface MergeBody {
  losers: string[];
  /** Id of a loser → the version that was looked at. */
  versions: Record<string, number>;
  /** Field → id of the record whose value is taken. */
  choices: Record<string, string>;
  dry_run: boolean;
}

export interface MergeResult {
  record: Record<string, unknown>;
  /** Kind of child → how many rows. */
  moved: Record<string, number>;
  dropped: Record<string, number>;
  warnings: string[];
}

export interface MergeField {
  name: string;
  label: string;
  /** The value in words; "" for none. */
  text: (value: unknown) => string;
}

export interface MergeOptions {
  path: { id: string };
  version?: number;
  onChange?: (step: readonly string[]) => void;
}

/** How records of one kind are loaded, named and merged. */
export interface MergeResource<R extends MergeRecord> {
  /** Its part of query keys, as in "customers". */
  name: string;
  load: (id: string, signal: AbortSignal) => Promise<R>;
  merge: (body: MergeBody, options: MergeOptions) => Promise<MergeResult>;
  /** In the order in which they are shown. */
  useFields: () => readonly MergeField[];
  /** Tells it from others of the same name. */
  note: (record: R) => string;
}
