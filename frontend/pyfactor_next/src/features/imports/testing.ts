import type { ImportColumn, ImportJob, ImportRow } from "./types";

/** A column of a file; say only what the test is about. */
export function column(
  index: number,
  header: string,
  rest: Partial<ImportColumn> = {},
): ImportColumn {
  return { index, header, samples: ["x"], field: null, confidence: 0, preview: [], ...rest };
}

export function job(rest: Partial<ImportJob> = {}): ImportJob {
  return {
    id: "1",
    entity: "customer",
    file_name: "customers.csv",
    size_bytes: 12,
    state: "draft",
    dialect: {
      format: "csv",
      encoding: "utf-8",
      delimiter: ",",
      has_header: true,
      sheet: null,
      sheets: [],
      null_markers: [],
      date_order: null,
    },
    columns: [],
    layout: "",
    mapped_like: null,
    row_count: null,
    mode: "upsert",
    match_keys: [],
    default_country: "",
    tag_name: "",
    tag_id: null,
    counts: { create: 0, update: 0, unchanged: 0, error: 0, excluded: 0, warning: 0, conflict: 0 },
    progress: { phase: "", done: 0, total: 0 },
    error: null,
    created_at: "2026-11-24T10:00:00Z",
    applied_at: null,
    reverted_at: null,
    details_purged_at: null,
    version: 1,
    created_by_name: "Ada",
    sample_rows: [],
    ...rest,
  };
}

export function row(rest: Partial<ImportRow> = {}): ImportRow {
  return {
    line: 2,
    action: "create",
    is_excluded: false,
    cells: [],
    values: {},
    diff: {},
    errors: [],
    warnings: [],
    target_id: null,
    suggested_cells: null,
    ...rest,
  };
}
