import type { ComponentType } from "react";
import type { ResponseBody } from "@/api";

type Customers = ResponseBody<"/api/crm/duplicates/", "get">;
/** Something that speaks for it, or against it. */
export type Reason = Customers["results"][number]["reasons"][number];

/** A record that may be the one in question. */
export interface Candidate {
  id: string;
  display_name: string;
  reasons: Reason[];
}

/** One of two that may be one. */
export interface Side {
  id: string;
  display_name: string;
  created_at: string;
}

export interface Pair<S extends Side = Side> {
  id: string;
  score: number;
  reasons: Reason[];
  first: S;
  second: S;
}

/** A page of the report. */
export interface Report<S extends Side = Side> {
  results: Pair<S>[];
  next: string | null;
  scan: Customers["scan"];
  is_out_of_date: boolean;
}

/** Field → what was typed; `id` of a record that is there already. */
export type Typed = Readonly<Record<string, string>>;

interface Found {
  value: string;
  label: string;
  note: string;
}

interface MergeProps {
  ids: readonly string[];
  onClose: () => void;
  onMerged?: (survivor: string) => void;
}

/** How records of one kind are compared, told apart and merged. */
export interface DuplicateResource<C extends Candidate = Candidate, S extends Side = Side> {
  /** Its part of query keys and addresses. */
  name: "customers" | "contacts";
  /** What says nothing by itself, such as a country. */
  ignored: readonly string[];
  candidates: (query: Typed, signal: AbortSignal) => Promise<{ results: C[] }>;
  report: (limit: number, signal: AbortSignal) => Promise<Report<S>>;
  scan: () => Promise<unknown>;
  tellApart: (
    pair: { first: string; second: string },
    onChange: (step: readonly string[]) => void,
  ) => Promise<unknown>;
  shape: (record: C | S) => "square" | "circle";
  /** Tell it from others of the same name. */
  noteOf: (candidate: C) => string;
  noteOfSide: (side: S) => string;
  /** What two are compared in, as it is shown; "" for nothing. */
  facts: (side: S) => Readonly<Record<string, string>>;
  Merge: ComponentType<MergeProps>;
  /** Records that match a text, to choose one. */
  useFound: (text: string) => readonly Found[];
}
