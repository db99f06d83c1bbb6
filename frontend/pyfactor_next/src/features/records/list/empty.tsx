"use client";

import { useQuery } from "@tanstack/react-query";
import { Lock, Plus, SearchX, Trash2 } from "lucide-react";
import { useFormatter, useTranslations } from "use-intl";
import { membersQuery, useSession } from "@/features/session";
import { Button } from "@/ui/button";
import { EmptyState } from "@/ui/empty-state";

interface NoMatchProps {
  /** What was searched for, "" when only filters narrow the list. */
  text: string;
  hasFilters: boolean;
  onClear: () => void;
  /** Absent where nothing may be created. */
  onCreate?: ((name: string) => void) | undefined;
}

export function NoMatch({ text, hasFilters, onClear, onCreate }: NoMatchProps) {
  const t = useTranslations("records.list.empty.noMatch");
  return (
    <EmptyState
      kind="no-match"
      icon={<SearchX />}
      title={text ? t("titleFor", { text }) : t("title")}
      description={t(hasFilters ? "description" : "searchDescription")}
      actions={
        <>
          {onCreate && text ? (
            <Button variant="primary" onClick={() => onCreate(text)}>
              <Plus aria-hidden />
              <span className="max-w-60 truncate">{t("create", { text })}</span>
            </Button>
          ) : null}
          <Button onClick={onClear}>{t(hasFilters ? "clear" : "clearSearch")}</Button>
        </>
      }
    />
  );
}

export function EmptyTrash() {
  const t = useTranslations("records.list.empty.trash");
  return (
    <EmptyState
      kind="first-use"
      icon={<Trash2 />}
      title={t("title")}
      description={t("description")}
    />
  );
}

/** Says who can let somebody see the list. */
export function NoPermission() {
  const t = useTranslations("records.list.empty.noPermission");
  const format = useFormatter();
  const { slug } = useSession();
  const { data: members = [] } = useQuery(membersQuery(slug));
  const names = members
    .filter((member) => member.role === "owner" || member.role === "admin")
    .map((member) => member.display_name);
  return (
    <EmptyState
      kind="no-permission"
      icon={<Lock />}
      title={t("title")}
      description={
        names.length > 0 ? t("description", { names: format.list(names) }) : t("roleOnly")
      }
    />
  );
}
