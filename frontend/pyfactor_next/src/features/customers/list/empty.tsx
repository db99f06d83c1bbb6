"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Building2, FileUp, Lock, Plus, SearchX, Sparkles, Trash2 } from "lucide-react";
import { useFormatter, useTranslations } from "use-intl";
import { djangoApi } from "@/api";
import { membersQuery, useErrorToast, useSession } from "@/features/session";
import { Button } from "@/ui/button";
import { EmptyState } from "@/ui/empty-state";
import { LinkButton } from "@/ui/link-button";
import { reloadLists } from "../cache";

const DEMO_TIMEOUT_MS = 60_000;

export function FirstUse({ onCreate }: { onCreate: () => void }) {
  const t = useTranslations("customers.empty.firstUse");
  const { slug, canWrite, canAdminister } = useSession();
  const client = useQueryClient();
  const showError = useErrorToast();
  const demo = useMutation({
    mutationFn: () => djangoApi.post("/api/crm/demo/", undefined, { timeoutMs: DEMO_TIMEOUT_MS }),
    onSuccess: () => reloadLists(client, slug),
    onError: (error) => showError(error, t("demoFailed")),
  });
  return (
    <EmptyState
      kind="first-use"
      icon={<Building2 />}
      title={t("title")}
      description={canWrite ? t("description") : t("viewer")}
      actions={
        canWrite ? (
          <>
            <Button variant="primary" onClick={onCreate}>
              <Plus aria-hidden />
              {t("add")}
            </Button>
            <LinkButton href={`/${slug}/imports/new`} prefetch={false}>
              <FileUp aria-hidden />
              {t("import")}
            </LinkButton>
            {canAdminister ? (
              <Button busy={demo.isPending} onClick={() => demo.mutate()}>
                <Sparkles aria-hidden />
                {t("demo")}
              </Button>
            ) : null}
          </>
        ) : null
      }
    />
  );
}

interface NoMatchProps {
  /** What was searched for, "" when only filters narrow the list. */
  text: string;
  hasFilters: boolean;
  onClear: () => void;
  /** Absent where nothing may be created. */
  onCreate?: ((name: string) => void) | undefined;
}

export function NoMatch({ text, hasFilters, onClear, onCreate }: NoMatchProps) {
  const t = useTranslations("customers.empty.noMatch");
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
  const t = useTranslations("customers.empty.trash");
  return (
    <EmptyState
      kind="first-use"
      icon={<Trash2 />}
      title={t("title")}
      description={t("description")}
    />
  );
}

/** Says which role can see customers, and who has it. */
export function NoPermission() {
  const t = useTranslations("customers.empty.noPermission");
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
