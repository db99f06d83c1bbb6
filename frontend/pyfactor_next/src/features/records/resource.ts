import type { ComponentType, ReactNode } from "react";
import type { DataColumn } from "@/ui/data-table/model";
import type { ListQuery, ListRow, ListSource } from "./source";
import type { View } from "./view/view";

export interface Option {
  value: string;
  label: string;
}

/** What a list is called, and what it can be narrowed and ordered by. */
export interface ListWords {
  title: string;
  /** Of the list of what was deleted. */
  trashTitle: string;
  /** Name of the list without a view, such as "All customers". */
  all: string;
  create: string;
  search: string;
  /** Of the filter that says whose records they are. */
  mine: string;
  /** Says what is counted, to somebody who hears the page. */
  count: (count: number) => string;
  filter: (name: string) => string;
  ordering: (name: string) => string;
  /** What a filter can be, where the list itself knows it. */
  options: (name: string) => readonly Option[];
}

/** What a bar of actions is told of the selection. */
export interface Selected {
  query: ListQuery;
  /** Ids that are selected one by one. */
  ids: readonly string[];
  /** How many the list finds, where all of them are selected. */
  allCount: number | null;
  /** How many the list finds, as far as it is known. */
  total: number | undefined;
  isTrash: boolean;
  onSelectAll: (count: number) => void;
  onClear: () => void;
}

export interface BuilderProps {
  view: View;
  change: (part: Partial<View>) => void;
  onClose: () => void;
}

export interface CreateProps {
  /** What somebody looked for and did not find. */
  name: string;
  /** What the address says of it: "1", or where it is to be made. */
  from: string;
  view: View;
  onClose: () => void;
  /** Shows what was made. */
  onOpen: (id: string) => void;
}

/** A kind of record as its list page shows it. What is not seen at first is loaded when it is. */
export interface ListResource<Row extends ListRow> {
  source: ListSource<Row>;
  useWords: () => ListWords;
  useColumns: (isTrash: boolean) => DataColumn<Row>[];
  nameOf: (row: Row) => string;
  /** Two lines on a phone, with what can be done beside them. */
  Card: ComponentType<{ row: Row; isTrash: boolean }>;
  /** Around the rows: asks once what each of them needs. */
  Around?: ComponentType<{ rows: readonly Row[]; children: ReactNode }>;
  /** Stands there as long as nothing was ever entered. */
  FirstUse: ComponentType<{ onCreate: () => void }>;
  BulkBar: ComponentType<Selected>;
  Builder: ComponentType<BuilderProps>;
  CreateDialog: ComponentType<CreateProps>;
  EditDialog?: ComponentType<{ id: string; onClose: () => void }>;
  /** Takes a record out of the trash and says so. */
  useRestore: () => (row: Row) => void;
  /** Loads a record that somebody points at. */
  usePrefetch: () => (id: string) => void;
  /** More than every list's menu has. */
  menuItems?: (slug: string) => ReactNode;
  canImport: boolean;
}
